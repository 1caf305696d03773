using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>A realm with all its values, as Keycloak's admin API takes it.</summary>
internal sealed class RealmRepresentation(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public string Name => (string)Json["realm"]!;

    public IEnumerable<JsonObject> Clients => Objects("clients");

    /// <summary>The clients' roles, by client.</summary>
    public IEnumerable<(string ClientId, JsonObject Role)> ClientRoles => Json["roles"]!["client"]!.AsObject()
        .SelectMany(client => client.Value!.AsArray(), (client, role) => (client.Key, role!.AsObject()));

    public IEnumerable<JsonObject> Organizations => Objects("organizations");

    public IEnumerable<JsonObject> Groups => Objects("groups");

    public IEnumerable<JsonObject> Persons => Objects("users").Where(user => user["serviceAccountClientId"] is null);

    /// <summary>Accounts that clients act as.</summary>
    public IEnumerable<JsonObject> ServiceAccounts => Objects("users").Where(user => user["serviceAccountClientId"] is not null);

    /// <summary>What is said of persons, and who may change it.</summary>
    public JsonObject UserProfile => JsonNode.Parse(
        (string)Json["components"]!["org.keycloak.userprofile.UserProfileProvider"]![0]!["config"]!["kc.user.profile.config"]![0]!)!.AsObject();

    /// <summary>What a realm that this one was made of is known by.</summary>
    public RealmState State => new(
        (string)Json["attributes"]![RealmState.DigestAttribute]!,
        [.. Organizations.Select(organization => (string)organization["alias"]!), .. Persons.Select(person => (string)person["username"]!)]);

    /// <summary>The members of an organization, by user name.</summary>
    public static IEnumerable<string> MembersOf(JsonObject organization) =>
        organization["members"]!.AsArray().Select(member => (string)member!["username"]!);

    /// <summary>The client roles of a person, an account or a group.</summary>
    public static IEnumerable<(string ClientId, string Role)> RolesOf(JsonObject holder) => holder["clientRoles"]!.AsObject()
        .SelectMany(client => client.Value!.AsArray(), (client, role) => (client.Key, (string)role!));

    private IEnumerable<JsonObject> Objects(string name) => Json[name]!.AsArray().Select(item => item!.AsObject());
}
