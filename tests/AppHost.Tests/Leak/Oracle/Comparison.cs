using System.Text.Json;
using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>Holds what Superset answered to one query against the rows that it should have answered.</summary>
internal static class Comparison
{
    // They move figures and name columns, or add a column, and change no figure.
    private static readonly string[] Moving = ["pivot", "rename", "flatten", "sort", "rank"];

    /// <returns>What differs, or null.</returns>
    public static string? Difference(JsonElement result, JsonObject query, QuerySql sql, Rows own)
    {
        if (result.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String)
        {
            return $"error: {error}";
        }

        var answered = Read(result.GetProperty("data"));
        var steps = query["post_processing"]?.AsArray().Where(step => step is not null).ToArray() ?? [];
        if (steps.FirstOrDefault(step => !IsMoving(step!)) is { } unknown)
        {
            throw new NotSupportedException($"The suite cannot follow the step {unknown.ToJsonString()}.");
        }

        return steps.Any(step => (string?)step!["operation"] == "pivot") ? Figures(answered, sql, own, steps!) : Lines(answered, sql, own);
    }

    /// <summary>A list of records as a table.</summary>
    public static Rows Read(JsonElement data)
    {
        var records = data.EnumerateArray().ToArray();
        string[] columns = [.. records.SelectMany(record => record.EnumerateObject().Select(cell => cell.Name)).Distinct()];
        return new Rows(columns, [.. records.Select(record => columns.Select(column => record.TryGetProperty(column, out var cell) ? Cell.Of(cell) : Cell.Nothing).ToArray())]);
    }

    private static bool IsMoving(JsonNode step) =>
        Moving.Contains((string)step["operation"]!) || ((string?)step["operation"] == "contribution" && step["options"]?["rename_columns"] is JsonArray);

    private static string? Lines(Rows answered, QuerySql sql, Rows own)
    {
        if (answered.Lines.Count == 0)
        {
            return own.Lines.Count == 0 ? null : $"nothing instead of {own.Lines.Count} rows";
        }

        string[] columns = [.. sql.Dimensions, .. sql.Metrics];
        if (columns.Except(answered.Columns).FirstOrDefault() is { } missing)
        {
            return $"no column {missing}";
        }

        return Sets(answered.Sorted(columns), own.Sorted(columns), sql.Limit);
    }

    private static string? Figures(Rows answered, QuerySql sql, Rows own, JsonNode[] steps)
    {
        var index = steps.SelectMany(step => step["options"]?["index"]?.AsArray().Select(name => (string)name!) ?? []).ToHashSet();
        var places = answered.Columns.Index().Where(column => !index.Contains(column.Item)).Select(column => column.Index).ToArray();
        string[] figures = [.. answered.Lines.SelectMany(line => places.Select(place => line[place])).Where(cell => cell != Cell.Nothing).Order(StringComparer.Ordinal)];
        string[] expected = [.. sql.Metrics.SelectMany(metric => own.Sorted([metric])).Where(cell => cell != Cell.Nothing).Order(StringComparer.Ordinal)];
        return own.Lines.Count > sql.Limit
            ? Sets(figures, expected, figures.Length)
            : Sets(figures, expected, long.MaxValue);
    }

    // Where a limit cuts, ties may fall either way: what is there must be among the own, and as many as fit.
    private static string? Sets(string[] answered, string[] own, long limit)
    {
        var foreign = Minus(answered, own);
        var missing = answered.Length < Math.Min(limit, own.Length) ? Minus(own, answered) : [];
        return foreign.Length + missing.Length == 0
            ? null
            : $"{answered.Length} instead of {Math.Min(limit, own.Length)}; not own: {Some(foreign)}; missing: {Some(missing)}";
    }

    private static string[] Minus(string[] left, string[] right)
    {
        var counts = right.CountBy(line => line).ToDictionary();
        return [.. left.Where(line => counts.TryGetValue(line, out var count) ? (counts[line] = count - 1) < 0 : true)];
    }

    private static string Some(string[] lines) => lines.Length == 0 ? "none" : $"{lines.Length} ({string.Join(" ; ", lines.Take(3))})";
}
