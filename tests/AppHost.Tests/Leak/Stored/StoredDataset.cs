namespace EmbedStack.AppHost.Tests.Leak.Stored;

/// <summary>A dataset: the names of its figures, the columns that may be grouped by, and what readers see for both.</summary>
internal sealed record StoredDataset(
    int Id, string Key, IReadOnlySet<string> Metrics, IReadOnlySet<string> Groupable, IReadOnlyDictionary<string, string> Titles)
{
    /// <summary>What a table or a file calls a figure or a column.</summary>
    public string TitleOf(string name) => Titles.GetValueOrDefault(name, name);

    /// <summary>The column that a filter means: Superset takes a column's title for its name.</summary>
    public string ColumnOf(string name) => Titles.ContainsKey(name) ? name : Groupable.FirstOrDefault(column => TitleOf(column) == name) ?? name;
}
