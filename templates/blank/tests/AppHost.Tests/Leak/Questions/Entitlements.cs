using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>Who may open what, by the product's promise. A dashboard that is added is added here.</summary>
internal static class Entitlements
{
    public static readonly IReadOnlyDictionary<string, string[]> Roles = new Dictionary<string, string[]>
    {
        ["orders"] = ["admin", "staff"],
    };

    /// <summary>People of two tenants, who must not see each other's rows.</summary>
    public static Person[] PersonsOf(string role) => role switch
    {
        "admin" => [Person.NorthsideAdministrator, Person.HarbourAdministrator],
        "staff" => [Person.NorthsideStaff, Person.HarbourStaff],
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Nobody has this role."),
    };
}
