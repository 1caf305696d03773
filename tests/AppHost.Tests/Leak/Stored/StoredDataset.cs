namespace EmbedStack.AppHost.Tests.Leak.Stored;

/// <summary>A dataset: its table, and what its metrics and columns mean in SQL; which columns may be grouped by, and which are times.</summary>
internal sealed record StoredDataset(
    int Id, string Key, string Table, IReadOnlyDictionary<string, string> Metrics, IReadOnlyDictionary<string, string> Columns, IReadOnlySet<string> Groupable, IReadOnlySet<string> Times);
