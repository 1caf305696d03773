using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>SQL of a guest's own, in the places that Superset alone takes it from.</summary>
internal static class Sql
{
    /// <summary>Changes the claims within the statement, then reads all patients in a statement of its own: past rule and policy.</summary>
    public const string AllPatients =
        "max(case when set_config('app.tenant_id','harbour',false) is not null then query_to_xml('select tenant_id, string_agg(patient_id::text, '','') from appointment_facts group by 1',true,false,'')::text end)";

    public static JsonObject Expression(string sql) => new()
    {
        ["expressionType"] = "SQL", ["sqlExpression"] = sql, ["label"] = "own", ["hasCustomLabel"] = true,
    };

    public static JsonObject Aggregate(string aggregate, string column) => new()
    {
        ["expressionType"] = "SIMPLE", ["aggregate"] = aggregate, ["column"] = new JsonObject { ["column_name"] = column }, ["label"] = "own", ["hasCustomLabel"] = true,
    };

    public static JsonObject FirstQuery(this JsonObject request) => request["queries"]![0]!.AsObject();
}
