using System.Collections.Frozen;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>What stands in Postgres about what is kept, at one moment.</summary>
/// <param name="DataVersion">Of rows and of charts; another one makes every answer another.</param>
/// <param name="Drops">What was dropped on demand of a tenant, dataset or dashboard.</param>
/// <param name="Keys">The catalogue's keys by this installation's numbers.</param>
/// <param name="ChangedAt">A timestamp of when this data version was first seen here.</param>
internal sealed record CacheFacts(
    string DataVersion,
    FrozenDictionary<(string Kind, string Value), CacheFacts.Drop> Drops,
    FrozenDictionary<(string Kind, int Id), string> Keys,
    long ChangedAt)
{
    public string? Dashboard(int? id) => Find("dashboard", id);

    public string? Dataset(int? id) => Find("dataset", id);

    public string? Chart(int? id) => Find("chart", id);

    /// <summary>The versions of all that an answer for these is made of.</summary>
    public string Version(string tenant, string dashboard, string dataset) =>
        $"{DataVersion} {Dropped(DropKind.Everything, DropKind.All)}.{Dropped(DropKind.Tenant, tenant)}.{Dropped(DropKind.Dashboard, dashboard)}.{Dropped(DropKind.Dataset, dataset)}";

    /// <summary>When an answer for these was last dropped, by the database's clock; null for never.</summary>
    public DateTimeOffset? DroppedAt(string tenant, string dashboard, string dataset) => new[]
    {
        Drops.GetValueOrDefault((DropKind.Everything, DropKind.All))?.At, Drops.GetValueOrDefault((DropKind.Tenant, tenant))?.At,
        Drops.GetValueOrDefault((DropKind.Dashboard, dashboard))?.At, Drops.GetValueOrDefault((DropKind.Dataset, dataset))?.At,
    }.Max();

    private long Dropped(string kind, string value) => Drops.GetValueOrDefault((kind, value))?.Version ?? 0;

    private string? Find(string kind, int? id) => id is { } number ? Keys.GetValueOrDefault((kind, number)) : null;

    /// <summary>What was dropped on demand: how often, and when last.</summary>
    internal sealed record Drop(long Version, DateTimeOffset At);
}
