namespace EmbedStack.Api.Dashboards.Entitlements;

/// <summary>Changes, latest first, and the number before which the next answer begins, if any.</summary>
internal sealed record EntitlementVersions(IReadOnlyList<EntitlementVersions.Entry> Versions, long? Next)
{
    /// <summary>What a change added, removed and altered, each as <c>dashboard/role/tenant</c>, and whose it was.</summary>
    internal sealed record Entry(
        long Version, DateTimeOffset ChangedAt, Guid? Person, string? CorrelationId,
        IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Altered);
}
