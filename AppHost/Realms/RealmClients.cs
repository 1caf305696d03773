using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>The clients of a realm in Keycloak, and roles of theirs.</summary>
internal sealed class RealmClients(KeycloakAdminClient keycloak, string realm)
{
    private readonly Dictionary<string, string> _ids = [];

    /// <summary>Corrects a client, or makes it where it is missing. Tells what was changed.</summary>
    public async Task<IReadOnlyList<string>> CorrectAsync(JsonObject wanted, CancellationToken cancellationToken)
    {
        var found = await FindAsync((string)wanted["clientId"]!, cancellationToken);
        if (found is null)
        {
            await keycloak.PostAsync($"{realm}/clients", wanted, cancellationToken);
            return ["everything"];
        }

        var changed = ClientDrift.Correct(found, wanted);
        if (changed.Count > 0)
        {
            await keycloak.PutAsync($"{realm}/clients/{found["id"]}", found, cancellationToken);
        }

        return changed;
    }

    public async Task AddRoleAsync(string clientId, JsonObject role, CancellationToken cancellationToken) =>
        await keycloak.AddAsync($"{realm}/clients/{await IdAsync(clientId, cancellationToken)}/roles", role, cancellationToken);

    /// <summary>Gives what stands at a path, such as <c>users/ID</c>, roles of clients.</summary>
    public async Task GrantAsync(string holder, IEnumerable<(string ClientId, string Role)> roles, CancellationToken cancellationToken)
    {
        foreach (var (clientId, name) in roles)
        {
            var client = await IdAsync(clientId, cancellationToken);
            var role = await keycloak.FindAsync($"{realm}/clients/{client}/roles/{name}", cancellationToken)
                ?? throw new DistributedApplicationException($"The client {clientId} has no role {name}.");
            await keycloak.PostAsync($"{realm}/{holder}/clients/{client}", new JsonArray(role), cancellationToken);
        }
    }

    /// <summary>Gives a client's own account its roles, and lets its tokens say so.</summary>
    public async Task GrantServiceAccountAsync(JsonObject account, CancellationToken cancellationToken)
    {
        var client = await IdAsync((string)account["serviceAccountClientId"]!, cancellationToken);
        var user = await keycloak.FindAsync($"{realm}/clients/{client}/service-account-user", cancellationToken);
        var roles = RealmRepresentation.RolesOf(account).ToList();
        await GrantAsync($"users/{user!["id"]}/role-mappings", roles, cancellationToken);
        await GrantAsync($"clients/{client}/scope-mappings", roles, cancellationToken);
    }

    private async Task<string> IdAsync(string clientId, CancellationToken cancellationToken)
    {
        if (!_ids.TryGetValue(clientId, out var id))
        {
            var found = await FindAsync(clientId, cancellationToken) ?? throw new DistributedApplicationException($"There is no client {clientId}.");
            _ids[clientId] = id = (string)found["id"]!;
        }

        return id;
    }

    private Task<JsonObject?> FindAsync(string clientId, CancellationToken cancellationToken) =>
        keycloak.FindFirstAsync($"{realm}/clients?clientId={Uri.EscapeDataString(clientId)}", cancellationToken);
}
