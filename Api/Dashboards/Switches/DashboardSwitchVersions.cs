namespace EmbedStack.Api.Dashboards.Switches;

/// <summary>Switches, latest first, and the number before which the next answer begins, if any.</summary>
internal sealed record DashboardSwitchVersions(IReadOnlyList<DashboardSwitchVersions.Entry> Versions, long? Next)
{
    /// <summary>Which dashboard was switched on or off, and by whom.</summary>
    internal sealed record Entry(long Version, DateTimeOffset ChangedAt, Guid? Person, string Key, bool Enabled);
}
