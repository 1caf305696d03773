using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Stored;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>Drill by: a chart's figures by another column, as the page asks for them.</summary>
internal static class DrillBy
{
    public static JsonObject Request(StoredChart chart, string column, bool force)
    {
        var request = chart.Request(force);
        var query = request["queries"]![0]!.AsObject();
        query["columns"] = new JsonArray(column);
        query["post_processing"] = new JsonArray();
        query["series_columns"] = new JsonArray();
        query["orderby"] = new JsonArray();
        request["queries"] = new JsonArray(query.DeepClone());
        var form = request["form_data"]!.AsObject();
        // The page's own mark of a drill: no chart of its own, and the one that it comes from.
        form["slice_id"] = 0;
        form["chart_id"] = chart.Id;
        form["groupby"] = new JsonArray(column);
        return request;
    }
}
