using EmbedStack.Api.GuestTokens;

namespace EmbedStack.Api.Dashboards;

/// <summary>What can be shown to whom, at one moment; dashboards in the order of their file.</summary>
internal sealed record Catalogue(
    IReadOnlyList<Dashboard> Dashboards,
    IReadOnlyDictionary<string, int> DatasetIds,
    IReadOnlySet<(string Dashboard, string Role)> Entitlements,
    RowRuleSet Rules)
{
    /// <summary>The dashboard, or null where the key is unknown or not for this role: callers cannot tell which.</summary>
    public Dashboard? Find(string key, string role) => For(role).FirstOrDefault(dashboard => dashboard.Key == key);

    /// <summary>The dashboards that a role may open.</summary>
    public IEnumerable<Dashboard> For(string role) => Dashboards.Where(dashboard => Entitlements.Contains((dashboard.Key, role)));
}
