using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Tests.Leak.Stored;

/// <summary>A native filter of a dashboard that offers the values of a column.</summary>
internal sealed record StoredFilter(string Id, string Name, int DashboardId, string Dataset, int DatasetId, string Column)
{
    /// <summary>The request with which the embedded page fetches the filter's values.</summary>
    public JsonObject Request(bool force = false) => new()
    {
        ["datasource"] = new JsonObject { ["id"] = DatasetId, ["type"] = "table" },
        ["force"] = force,
        ["queries"] = new JsonArray(new JsonObject
        {
            ["filters"] = new JsonArray(),
            ["extras"] = new JsonObject { ["having"] = "", ["where"] = "" },
            ["applied_time_extras"] = new JsonObject(),
            ["columns"] = new JsonArray(Column),
            ["metrics"] = new JsonArray(),
            ["annotation_layers"] = new JsonArray(),
            ["row_limit"] = 1000,
            ["series_limit"] = 0,
            ["order_desc"] = true,
            ["orderby"] = new JsonArray(),
            ["url_params"] = new JsonObject(),
            ["custom_params"] = new JsonObject(),
            ["custom_form_data"] = new JsonObject(),
        }),
        ["form_data"] = new JsonObject
        {
            ["datasource"] = $"{DatasetId}__table",
            ["viz_type"] = "filter_select",
            ["type"] = "NATIVE_FILTER",
            ["native_filter_id"] = Id,
            ["dashboardId"] = DashboardId,
            ["groupby"] = new JsonArray(Column),
            ["metrics"] = new JsonArray("count"),
            ["row_limit"] = 1000,
            ["showSearch"] = true,
            ["multiSelect"] = true,
            ["inView"] = true,
            ["extra_form_data"] = new JsonObject(),
            ["adhoc_filters"] = new JsonArray(),
            ["extra_filters"] = new JsonArray(),
            ["url_params"] = new JsonObject(),
            ["force"] = force,
            ["result_format"] = "json",
            ["result_type"] = "full",
        },
        ["result_format"] = "json",
        ["result_type"] = "full",
    };
}
