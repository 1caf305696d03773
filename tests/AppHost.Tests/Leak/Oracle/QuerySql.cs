using System.Globalization;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>
/// Writes a chart's query in SQL, over rows that were chosen elsewhere and with figures of the suite's own. What it does
/// not know it refuses.
/// </summary>
internal sealed class QuerySql(OwnDataset dataset, JsonObject query)
{
    private static readonly Dictionary<string, string> Grains = new()
    {
        ["P1D"] = "day", ["P1W"] = "week", ["P1M"] = "month", ["P3M"] = "quarter", ["P1Y"] = "year", ["PT1H"] = "hour",
    };

    private static readonly string[] Comparisons = ["==", "!=", ">", "<", ">=", "<="];

    /// <summary>Labels of what the rows are grouped by.</summary>
    public IReadOnlyList<string> Dimensions { get; } = [.. Items(query, "columns").Select(ColumnLabel)];

    /// <summary>Labels of the figures.</summary>
    public IReadOnlyList<string> Metrics { get; } = [.. Items(query, "metrics").Select(MetricLabel)];

    /// <summary>How many rows are answered at most; where the query says nothing, Superset's own <c>ROW_LIMIT</c> holds.</summary>
    public long Limit => Number("row_limit") ?? 50_000;

    public string Over(string rows)
    {
        RefuseUnknown();
        var columns = Items(query, "columns").Select(Column).ToArray();
        var selected = columns.Zip(Dimensions, (sql, label) => $"{sql} as {Quoted(label)}")
            .Concat(Items(query, "metrics").Zip(Metrics, (metric, label) => $"{Metric(metric)} as {Quoted(label)}"));
        var filters = Items(query, "filters").Select(Filter).Where(text => text.Length > 0).ToArray();
        return $"""
            select {string.Join(", ", selected)} from ({rows}) own
            {(filters.Length > 0 ? $"where {string.Join(" and ", filters)}" : "")}
            {(query["metrics"] is not null && columns.Length > 0 ? $"group by {string.Join(", ", Enumerable.Range(1, columns.Length))}" : "")}
            """;
    }

    // Superset puts it in the place of each filter of time.
    private string? TimeRange => (string?)query["time_range"] is { Length: > 0 } range && range != "No filter" ? range : null;

    private static bool IsOfTime(JsonNode filter) => (string?)filter["op"] == "TEMPORAL_RANGE";

    private long? Number(string name) => query[name] is { } number ? long.Parse(number.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private void RefuseUnknown()
    {
        if (Items(query, "time_offsets").Any() || Number("series_limit") > 0 || Number("row_offset") > 0
            || (TimeRange is not null && !Items(query, "filters").Any(IsOfTime)) || (bool?)query["is_timeseries"] == true
            || Extra("where").Length > 0 || Extra("having").Length > 0)
        {
            throw new NotSupportedException($"The suite cannot write this query in SQL: {query.ToJsonString()}");
        }
    }

    private static string Column(JsonNode column) => column switch
    {
        JsonValue name => Quoted((string)name!),
        _ when (string?)column["timeGrain"] is { } grain => $"date_trunc('{Grains[grain]}', {Quoted((string)column["sqlExpression"]!)}::timestamp)",
        _ => Quoted((string)column["sqlExpression"]!),
    };

    private string Metric(JsonNode metric) => metric is JsonValue name && dataset.Metrics.TryGetValue((string)name!, out var sql)
        ? sql
        : throw new NotSupportedException($"The suite does not know the figure {metric.ToJsonString()} of {dataset.Key}.");

    private string Filter(JsonNode filter)
    {
        var (column, operation, value) = (Quoted((string)filter["col"]!), (string)filter["op"]!, filter["val"]);
        return operation switch
        {
            "TEMPORAL_RANGE" => Range(column, TimeRange ?? (string)value!),
            "IN" => $"{column} in ({string.Join(", ", value!.AsArray().Select(Literal))})",
            "NOT IN" => $"{column} not in ({string.Join(", ", value!.AsArray().Select(Literal))})",
            "IS NULL" or "IS NOT NULL" => $"{column} {operation}",
            _ when Comparisons.Contains(operation) => $"{column} {(operation == "==" ? "=" : operation)} {Literal(value)}",
            _ => throw new NotSupportedException($"The suite does not know the operator {operation}."),
        };
    }

    // Relative ranges depend on the day: the assets have none.
    private static string Range(string column, string range)
    {
        if (range == "No filter")
        {
            return "";
        }

        var bounds = range.Split(" : ").Select(bound => DateTime.Parse(bound, CultureInfo.InvariantCulture).ToString("s")).ToArray();
        return $"({column} >= '{bounds[0]}' and {column} < '{bounds[1]}')";
    }

    private string Extra(string name) => (string?)query["extras"]?[name] ?? "";

    private static string Literal(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Number => value.ToJsonString(),
        System.Text.Json.JsonValueKind.String => $"'{((string)value!).Replace("'", "''", StringComparison.Ordinal)}'",
        _ => throw new NotSupportedException($"The suite cannot write the value {value?.ToJsonString()}."),
    };

    private static string ColumnLabel(JsonNode column) => column is JsonValue name ? (string)name! : (string)column["label"]!;

    private static string MetricLabel(JsonNode metric) => metric is JsonValue name ? (string)name! : (string)metric["label"]!;

    private static IEnumerable<JsonNode> Items(JsonObject query, string name) => query[name]?.AsArray().Select(item => item!) ?? [];

    private static string Quoted(string label) => $"\"{label.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
