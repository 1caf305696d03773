namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>A table of comparable cells.</summary>
internal sealed record Rows(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Lines)
{
    /// <summary>The lines with their cells in the order of <paramref name="columns"/>, joined and sorted.</summary>
    public string[] Sorted(IReadOnlyList<string> columns)
    {
        var places = columns.Select(column => Columns.ToList().IndexOf(column)).ToArray();
        return [.. Lines.Select(line => string.Join(" | ", places.Select(place => line[place]))).Order(StringComparer.Ordinal)];
    }
}
