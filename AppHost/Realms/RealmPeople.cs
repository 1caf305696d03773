using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>The organizations, groups and persons of a realm in Keycloak.</summary>
internal sealed class RealmPeople(KeycloakAdminClient keycloak, RealmClients clients, string realm)
{
    /// <summary>Makes a group where it is missing, and gives it its roles.</summary>
    public async Task AddGroupAsync(JsonObject wanted, CancellationToken cancellationToken)
    {
        var name = (string)wanted["name"]!;
        await keycloak.AddAsync($"{realm}/groups", new JsonObject { ["name"] = name }, cancellationToken);
        var group = await keycloak.FindFirstAsync($"{realm}/groups?exact=true&search={Uri.EscapeDataString(name)}", cancellationToken);
        await clients.GrantAsync($"groups/{group!["id"]}/role-mappings", RealmRepresentation.RolesOf(wanted), cancellationToken);
    }

    /// <summary>Sets a person's password; makes a person whom no model brought before, roles included, also half-made ones.</summary>
    public async Task FollowPersonAsync(JsonObject wanted, bool isNew, CancellationToken cancellationToken)
    {
        var name = (string)wanted["username"]!;
        var id = await FindPersonAsync(name, cancellationToken);
        if (id is not null)
        {
            var credential = wanted["credentials"]![0]!.DeepClone();
            await keycloak.PutAsync($"{realm}/users/{id}/reset-password", credential, cancellationToken);
        }
        else if (isNew)
        {
            var person = wanted.DeepClone().AsObject();
            person.Remove("clientRoles");
            await keycloak.PostAsync($"{realm}/users", person, cancellationToken);
            id = await FindPersonAsync(name, cancellationToken);
        }

        if (isNew)
        {
            await clients.GrantAsync($"users/{id}/role-mappings", RealmRepresentation.RolesOf(wanted), cancellationToken);
        }
    }

    /// <summary>Makes an organization that no model brought before, and adds those members whom none did.</summary>
    public async Task FollowOrganizationAsync(
        JsonObject wanted, bool isNew, IReadOnlySet<string> newPersons, CancellationToken cancellationToken)
    {
        var alias = (string)wanted["alias"]!;
        var found = await FindOrganizationAsync(alias, cancellationToken);
        if (found is null && isNew)
        {
            var organization = wanted.DeepClone().AsObject();
            organization.Remove("members");
            await keycloak.PostAsync($"{realm}/organizations", organization, cancellationToken);
            found = await FindOrganizationAsync(alias, cancellationToken);
        }

        foreach (var member in RealmRepresentation.MembersOf(wanted).Where(member => isNew || newPersons.Contains(member)))
        {
            if (found is not null && await FindPersonAsync(member, cancellationToken) is { } id)
            {
                await keycloak.AddAsync($"{realm}/organizations/{found["id"]}/members", JsonValue.Create(id), cancellationToken);
            }
        }
    }

    private async Task<string?> FindPersonAsync(string name, CancellationToken cancellationToken) =>
        (string?)(await keycloak.FindFirstAsync($"{realm}/users?exact=true&username={Uri.EscapeDataString(name)}", cancellationToken))?["id"];

    // Its search goes by name and domain; an alias is neither.
    private async Task<JsonObject?> FindOrganizationAsync(string alias, CancellationToken cancellationToken) =>
        (await keycloak.FindAsync($"{realm}/organizations?max=1000", cancellationToken))!.AsArray()
            .Select(organization => organization!.AsObject())
            .FirstOrDefault(organization => (string?)organization["alias"] == alias);
}
