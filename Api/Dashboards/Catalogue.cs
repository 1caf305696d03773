using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Dashboards;

/// <summary>What can be shown to whom, at one moment; dashboards in the order of their file.</summary>
internal sealed record Catalogue(
    IReadOnlyList<Dashboard> Dashboards,
    IReadOnlyDictionary<string, int> DatasetIds,
    IReadOnlyList<Entitlement> Entitlements,
    RowRuleSet Rules)
{
    private readonly ILookup<string, Entitlement> _byDashboard = Entitlements.ToLookup(entitlement => entitlement.DashboardKey, StringComparer.Ordinal);

    /// <summary>The dashboard, or null where the key is unknown or not for this person: callers cannot tell which.</summary>
    public Dashboard? Find(string key, Person person) => For(person).FirstOrDefault(dashboard => dashboard.Key == key);

    /// <summary>The dashboards that a person may open.</summary>
    public IEnumerable<Dashboard> For(Person person) =>
        Dashboards.Where(dashboard => _byDashboard[dashboard.Key].Any(entitlement => entitlement.IsFor(person)));
}
