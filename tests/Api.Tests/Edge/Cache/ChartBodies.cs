using System.Text;
using System.Text.Json.Nodes;
using EmbedStack.Api.Edge.Cache;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>What pages send, cut down to what tells requests apart.</summary>
internal static class ChartBodies
{
    public const string Recorded = """
        {"datasource":{"id":7,"type":"table"},"force":false,"queries":[{"filters":[{"col":"service_name","op":"IN","val":["Dermatology","Café"]},
         {"col":"starts_at","op":"TEMPORAL_RANGE","val":"Last year"}],"extras":{"having":"","time_grain_sqla":"P1W","where":""},"applied_time_extras":{},
         "columns":[{"columnType":"BASE_AXIS","label":"starts_at","sqlExpression":"starts_at","timeGrain":"P1W"}],"metrics":["attended"],
         "orderby":[["attended",false]],"annotation_layers":[],"row_limit":10000,"series_limit":0,"order_desc":true,
         "url_params":{"uiConfig":"1","show_filters":"true"},"custom_params":{},
         "post_processing":[{"operation":"pivot","options":{"aggregates":{"b":{"operator":"mean"},"a":{"operator":"mean"}},"columns":[],"index":["starts_at"]}}]}],
         "form_data":{"datasource":"7__table","viz_type":"echarts_timeseries_line","slice_id":3,"chart_id":3,"dashboardId":1,"url_params":{"uiConfig":"1"},
         "label_colors":{"Booked":"#454E7C"},"map_label_colors":{"Booked":"#454E7C"},"shared_label_colors":["Booked"],"color_scheme":"supersetColors",
         "extra_form_data":{"time_range":"Last year"},"server_pagination":false,"force":false,"result_format":"json","result_type":"full"},
         "result_format":"json","result_type":"full"}
        """;

    public static JsonObject Parse() => JsonNode.Parse(Recorded)!.AsObject();

    public static ChartQuestion Read(JsonNode body) => Read(body.ToJsonString());

    public static ChartQuestion Read(string body) => ChartQuestion.Read(Encoding.UTF8.GetBytes(body));

    public static string Canonical(string body) => Encoding.UTF8.GetString(Read(body).Body.Span);

    public static string Canonical(JsonNode body) => Canonical(body.ToJsonString());
}
