using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>A person of the realm's import file whose password the model holds.</summary>
/// <param name="Tenant">The organization's alias; <c>-</c> for who belongs to none.</param>
/// <param name="UserName">What to sign in with.</param>
/// <param name="PasswordPlaceholder">The placeholder of the password.</param>
/// <param name="Role">The person's role: in the product, or <c>author</c>.</param>
internal sealed record DemoUser(string Tenant, string UserName, string PasswordPlaceholder, string Role)
{
    public static IEnumerable<DemoUser> Of(JsonObject realm)
    {
        var tenants = realm["organizations"]!.AsArray()
            .SelectMany(organization => organization!["members"]!.AsArray(), (organization, member) => (
                UserName: (string)member!["username"]!, Tenant: (string)organization!["alias"]!))
            .ToDictionary(membership => membership.UserName, membership => membership.Tenant);

        return realm["users"]!.AsArray()
            .Where(user => user!["serviceAccountClientId"] is null)
            .Select(user => new DemoUser(
                tenants.GetValueOrDefault((string)user!["username"]!, "-"),
                (string)user["username"]!,
                ((string)user["credentials"]![0]!["value"]!).Trim('$', '{', '}'),
                (string)user["clientRoles"]!.AsObject().Single().Value![0]!));
    }
}
