using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>The organizations, groups and persons of a realm in Keycloak.</summary>
internal sealed class RealmPeople(KeycloakAdminClient keycloak, RealmClients clients, string realm)
{
    /// <summary>The attribute that tells the model's persons from others.</summary>
    public const string Mark = "provided_by";

    /// <summary>What <see cref="Mark"/> says of the model's persons.</summary>
    public const string Model = "embedstack";

    /// <summary>Makes a group where it is missing, and gives it its roles.</summary>
    public async Task AddGroupAsync(JsonObject wanted, CancellationToken cancellationToken)
    {
        var name = (string)wanted["name"]!;
        await keycloak.AddAsync($"{realm}/groups", new JsonObject { ["name"] = name }, cancellationToken);
        var group = await keycloak.FindFirstAsync($"{realm}/groups?exact=true&search={Uri.EscapeDataString(name)}", cancellationToken);
        await clients.GrantAsync($"groups/{group!["id"]}/role-mappings", RealmRepresentation.RolesOf(wanted), cancellationToken);
    }

    /// <summary>
    /// Sets a person's password; makes a person whom no model brought before, roles included, also half-made ones.
    /// Somebody of the same name whom no model made stays as they are: a password and roles would hand them to whoever
    /// reads the model's secrets.
    /// </summary>
    /// <returns>Whether the person is the model's, or gone.</returns>
    public async Task<bool> FollowPersonAsync(JsonObject wanted, bool isNew, CancellationToken cancellationToken)
    {
        var name = (string)wanted["username"]!;
        var found = await FindPersonAsync(name, cancellationToken);
        if (found is not null)
        {
            if (!IsOurs(found))
            {
                return false;
            }

            var credential = wanted["credentials"]![0]!.DeepClone();
            await keycloak.PutAsync($"{realm}/users/{found["id"]}/reset-password", credential, cancellationToken);
        }
        else if (isNew)
        {
            var person = wanted.DeepClone().AsObject();
            person.Remove("clientRoles");
            await keycloak.PostAsync($"{realm}/users", person, cancellationToken);
            found = await FindPersonAsync(name, cancellationToken);
        }

        if (isNew)
        {
            await clients.GrantAsync($"users/{found!["id"]}/role-mappings", RealmRepresentation.RolesOf(wanted), cancellationToken);
        }

        return true;
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
            if (found is not null && await FindPersonAsync(member, cancellationToken) is { } person && IsOurs(person))
            {
                await keycloak.AddAsync($"{realm}/organizations/{found["id"]}/members", person["id"]!.DeepClone(), cancellationToken);
            }
        }
    }

    // The attribute is for administrators alone to set and to see.
    private static bool IsOurs(JsonObject person) => (string?)person["attributes"]?[Mark]?[0] == Model;

    private Task<JsonObject?> FindPersonAsync(string name, CancellationToken cancellationToken) =>
        keycloak.FindFirstAsync($"{realm}/users?exact=true&username={Uri.EscapeDataString(name)}", cancellationToken);

    // Its search goes by name and domain; an alias is neither.
    private async Task<JsonObject?> FindOrganizationAsync(string alias, CancellationToken cancellationToken) =>
        (await keycloak.FindAsync($"{realm}/organizations?max=1000", cancellationToken))!.AsArray()
            .Select(organization => organization!.AsObject())
            .FirstOrDefault(organization => (string?)organization["alias"] == alias);
}
