using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>A user of the realm's import file whose password the model holds.</summary>
/// <param name="Tenant">The organization's alias.</param>
/// <param name="UserName">What to sign in with.</param>
/// <param name="PasswordPlaceholder">The placeholder of the password.</param>
/// <param name="Role">The user's role in the product.</param>
internal sealed record DemoUser(string Tenant, string UserName, string PasswordPlaceholder, string Role)
{
    public static IEnumerable<DemoUser> Of(JsonObject realm)
    {
        var tenants = realm["organizations"]!.AsArray()
            .SelectMany(organization => organization!["members"]!.AsArray(), (organization, member) => (
                UserName: (string)member!["username"]!, Tenant: (string)organization!["alias"]!))
            .ToDictionary(membership => membership.UserName, membership => membership.Tenant);

        return realm["users"]!.AsArray().Select(user => new DemoUser(
            tenants[(string)user!["username"]!],
            (string)user["username"]!,
            ((string)user["credentials"]![0]!["value"]!).Trim('$', '{', '}'),
            (string)user["clientRoles"]!.AsObject().Single().Value![0]!));
    }
}
