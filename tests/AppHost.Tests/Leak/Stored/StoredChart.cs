using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Tests.Leak.Stored;

/// <summary>A chart of a dashboard as Superset stores it, with the query that the page sends.</summary>
internal sealed record StoredChart(int Id, int DashboardId, string Dashboard, string Dataset, int DatasetId, string Name, string VizType, string QueryContext)
{
    /// <summary>Whether the chart asks for less than all rows of the chosen time.</summary>
    public bool HasFilters => Request()["queries"]![0]!["filters"]!.AsArray().Any(filter => (string?)filter!["op"] != "TEMPORAL_RANGE");

    /// <summary>The request that the embedded page sends for this chart.</summary>
    public JsonObject Request(bool force = false)
    {
        var request = JsonNode.Parse(QueryContext)!.AsObject();
        request["force"] = force;
        var form = request["form_data"]!.AsObject();
        form["slice_id"] = Id;
        form["dashboardId"] = DashboardId;
        form["force"] = force;
        return request;
    }

    public override string ToString() => $"{Dashboard}: {Name}";
}
