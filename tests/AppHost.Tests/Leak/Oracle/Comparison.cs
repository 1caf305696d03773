using System.Text.Json;
using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>Holds what Superset answered to one query, as JSON or as a file, against the rows that it should have answered.</summary>
internal static class Comparison
{
    // They move figures and name columns, or add a column, and change no figure.
    private static readonly string[] Moving = ["pivot", "rename", "flatten", "sort", "rank"];

    /// <returns>What differs, or null.</returns>
    public static string? Difference(JsonElement result, JsonObject query, QuerySql sql, Rows own) =>
        result.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
            ? $"error: {error}"
            : Difference(Read(result.GetProperty("data")), query, sql, own, name => name);

    /// <param name="answered">What was answered.</param>
    /// <param name="query">The query.</param>
    /// <param name="sql">The query in SQL.</param>
    /// <param name="own">The rows that the person has.</param>
    /// <param name="titleOf">What the answer calls a column or a figure.</param>
    /// <returns>What differs, or null.</returns>
    public static string? Difference(Rows answered, JsonObject query, QuerySql sql, Rows own, Func<string, string> titleOf)
    {
        var steps = query["post_processing"]?.AsArray().Where(step => step is not null).ToArray() ?? [];
        if (steps.FirstOrDefault(step => !IsMoving(step!)) is { } unknown)
        {
            throw new NotSupportedException($"The suite cannot follow the step {unknown.ToJsonString()}.");
        }

        return steps.Any(step => (string?)step!["operation"] == "pivot")
            ? Cells(answered, sql, own, titleOf)
            : Lines(answered, sql, own, titleOf, [.. steps.SelectMany(step => Adds(step!))]);
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

    // Columns that a step adds to those asked for: shares and ranks of figures that are compared.
    private static IEnumerable<string> Adds(JsonNode step) => (string)step["operation"]! switch
    {
        "contribution" => step["options"]!["rename_columns"]!.AsArray().Select(name => (string)name!),
        "rank" => ["rank"],
        _ => [],
    };

    private static string? Lines(Rows answered, QuerySql sql, Rows own, Func<string, string> titleOf, IReadOnlyCollection<string> added)
    {
        if (answered.Lines.Count == 0)
        {
            return own.Lines.Count == 0 ? null : $"nothing instead of {own.Lines.Count} rows";
        }

        string[] columns = [.. sql.Dimensions, .. sql.Metrics];
        string[] titles = [.. columns.Select(titleOf)];
        if (answered.Columns.Except(titles).Except(added).ToArray() is { Length: > 0 } more)
        {
            return $"columns that nobody asked for: {string.Join(", ", more)}";
        }

        return titles.Except(answered.Columns).FirstOrDefault() is { } missing
            ? $"no column {missing} but {string.Join(", ", answered.Columns)}"
            : Sets(answered.Sorted(titles), own.Sorted(columns), sql.Limit);
    }

    // Pivoted: a line a value on the axis, a column a series, which is named by its value or, where there is none, by its figure.
    private static string? Cells(Rows answered, QuerySql sql, Rows own, Func<string, string> titleOf)
    {
        var axis = titleOf(sql.Dimensions[0]);
        var place = answered.Columns.ToList().IndexOf(axis);
        if (place < 0 && answered.Lines.Count > 0)
        {
            return $"no column {axis} but {string.Join(", ", answered.Columns)}";
        }

        var cells = answered.Lines.SelectMany(line => line.Index().Where(cell => cell.Index != place).Select(cell => $"{line[place]} | {answered.Columns[cell.Index]} | {cell.Item}"));
        return Sets(Figures(cells), Figures(own.Lines.SelectMany(line => Series(line, sql, own, titleOf))), own.Lines.Count > sql.Limit ? sql.Limit * sql.Metrics.Count : long.MaxValue);
    }

    private static IEnumerable<string> Series(string[] line, QuerySql sql, Rows own, Func<string, string> titleOf) => (sql.Dimensions.Count, sql.Metrics.Count) switch
    {
        (1, _) => sql.Metrics.Select(metric => $"{line[0]} | {titleOf(metric)} | {line[own.Columns.ToList().IndexOf(metric)]}"),
        (2, 1) => [$"{line[0]} | {line[1]} | {line[2]}"],
        _ => throw new NotSupportedException("The suite does not know how several figures of several series are named."),
    };

    private static string[] Figures(IEnumerable<string> cells) => [.. cells.Where(cell => !cell.EndsWith(Cell.Nothing, StringComparison.Ordinal))];

    // Where a limit cuts, ties may fall either way: what is there must be among the own, and as many as fit.
    private static string? Sets(string[] answered, string[] own, long limit)
    {
        var foreign = Minus(answered, own);
        var missing = own.Length <= limit || answered.Length < limit ? Minus(own, answered) : [];
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
