using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Dashboards;

/// <summary>
/// Opens a dashboard to a role, of one tenant or of all, and under conditions: for each name the person's attribute must
/// have one of the values.
/// </summary>
internal sealed record Entitlement(
    string DashboardKey, string Role, string Tenant, IReadOnlyDictionary<string, IReadOnlyList<string>> Conditions)
{
    public const string AllTenants = "*";

    public bool IsFor(Person person) =>
        Role == person.Role
        && (Tenant == AllTenants || Tenant == person.Tenant.Key)
        && Conditions.All(condition => person.Attributes.TryGetValue(condition.Key, out var value) && condition.Value.Contains(value));
}
