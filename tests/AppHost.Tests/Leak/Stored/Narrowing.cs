using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Tests.Leak.Stored;

/// <summary>What a reader narrows a dashboard by: a value of a native filter, or a period.</summary>
internal sealed record Narrowing(string? Column, string Value)
{
    /// <summary>A period, as the page names it: from a day on until before another.</summary>
    public static Narrowing To(string period) => new(null, period);

    /// <summary>Whether a chart's queries can be narrowed so; a period goes where the chart looks at time.</summary>
    public bool Fits(StoredChart chart) =>
        Column is not null || Queries(JsonNode.Parse(chart.QueryContext)!).All(query => query["filters"]!.AsArray().Any(filter => (string?)filter!["op"] == "TEMPORAL_RANGE"));

    /// <summary>The chart with the queries that the page sends then.</summary>
    public StoredChart Of(StoredChart chart)
    {
        var context = JsonNode.Parse(chart.QueryContext)!;
        foreach (var query in Queries(context))
        {
            if (Column is null)
            {
                query["time_range"] = Value;
            }
            else
            {
                query["filters"]!.AsArray().Add((JsonNode)new JsonObject { ["col"] = Column, ["op"] = "IN", ["val"] = new JsonArray(Value) });
            }
        }

        return chart with { Name = $"{chart.Name}, {this}", QueryContext = context.ToJsonString() };
    }

    public override string ToString() => $"{Column ?? "time"} = {Value}";

    private static IEnumerable<JsonObject> Queries(JsonNode context) => context["queries"]!.AsArray().Select(query => query!.AsObject());
}
