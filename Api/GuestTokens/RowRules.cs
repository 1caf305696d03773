using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Which rows of which dataset each role sees. A dataset or role that is not named here sees nothing.</summary>
internal static class RowRules
{
    private static readonly Dictionary<(string Dataset, string Role), Condition> Conditions = new()
    {
        [("appointments", Roles.Admin)] = OwnTenant,
        [("appointments", Roles.Staff)] = OwnTenant,
        [("appointments", Roles.Clinician)] = OwnTenantAndStaff, // assigned patients: the database's policy
    };

    private delegate string Condition(Person person);

    /// <returns>One rule a dataset, or null where a dataset has none for this person.</returns>
    public static IReadOnlyList<RowRule>? For(Person person, IEnumerable<string> datasets, Catalogue catalogue)
    {
        var rules = new List<RowRule>();
        foreach (var dataset in datasets.Distinct(StringComparer.Ordinal))
        {
            if (!Conditions.TryGetValue((dataset, person.Role), out var condition)
                || !catalogue.DatasetIds.TryGetValue(dataset, out var id))
            {
                return null;
            }

            rules.Add(new RowRule(dataset, id, condition(person)));
        }

        return rules.Count > 0 ? rules : null;
    }

    private static string OwnTenant(Person person) => $"tenant_id = {RuleValue.Quote(person.Tenant.Key)}";

    private static string OwnTenantAndStaff(Person person) => $"{OwnTenant(person)} AND staff_id = {RuleValue.Quote(person.StaffId!)}";
}
