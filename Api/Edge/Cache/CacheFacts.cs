using System.Collections.Frozen;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>What stands in Postgres about what is kept, at one moment.</summary>
/// <param name="DataVersion">Of rows and of charts; another one makes every answer another.</param>
/// <param name="Drops">How often answers of a tenant, dataset or dashboard were dropped on demand.</param>
/// <param name="Keys">The catalogue's keys by this installation's numbers.</param>
/// <param name="ChangedAt">A timestamp of when this data version was first seen here.</param>
internal sealed record CacheFacts(
    string DataVersion,
    FrozenDictionary<(string Kind, string Value), long> Drops,
    FrozenDictionary<(string Kind, int Id), string> Keys,
    long ChangedAt)
{
    public string? Dashboard(int? id) => Find("dashboard", id);

    public string? Dataset(int? id) => Find("dataset", id);

    public string? Chart(int? id) => Find("chart", id);

    /// <summary>The versions of all that an answer for these is made of.</summary>
    public string Version(string tenant, string dashboard, string dataset) =>
        $"{DataVersion} {Dropped(DropKind.Everything, DropKind.All)}.{Dropped(DropKind.Tenant, tenant)}.{Dropped(DropKind.Dashboard, dashboard)}.{Dropped(DropKind.Dataset, dataset)}";

    private long Dropped(string kind, string value) => Drops.GetValueOrDefault((kind, value));

    private string? Find(string kind, int? id) => id is { } number ? Keys.GetValueOrDefault((kind, number)) : null;
}
