namespace EmbedStack.Api.Dashboards;

/// <summary>What can be shown to whom, at one moment.</summary>
internal sealed record Catalogue(
    IReadOnlyDictionary<string, Dashboard> Dashboards,
    IReadOnlyDictionary<string, int> DatasetIds,
    IReadOnlySet<(string Dashboard, string Role)> Entitlements)
{
    /// <summary>The dashboard, or null where the key is unknown or not for this role: callers cannot tell which.</summary>
    public Dashboard? Find(string key, string role) =>
        Entitlements.Contains((key, role)) ? Dashboards.GetValueOrDefault(key) : null;
}
