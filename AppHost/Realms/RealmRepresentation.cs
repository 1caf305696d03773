using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>A realm with all its values, as Keycloak's admin API takes it.</summary>
internal sealed class RealmRepresentation(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public string Name => (string)Json["realm"]!;

    public IEnumerable<JsonObject> Clients => Objects("clients");

    public IEnumerable<(string UserName, string Password)> Users => Objects("users")
        .Where(user => user["serviceAccountClientId"] is null)
        .Select(user => ((string)user["username"]!, (string)user["credentials"]![0]!["value"]!));

    private IEnumerable<JsonObject> Objects(string name) => Json[name]!.AsArray().Select(item => item!.AsObject());
}
