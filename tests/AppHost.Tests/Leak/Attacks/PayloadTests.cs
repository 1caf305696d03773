using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>A guest asks what the dashboard's charts ask, and nothing of its own.</summary>
public sealed class PayloadTests(StackFixture stack)
{
    private static readonly string[] Foreign = ["patient_id"];

    public static TheoryData<Way> Ways => [Way.Embed, Way.Direct];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task MetricThatTheChartHasNotIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);
        var others = attack.Dataset.Metrics.Except(attack.Chart.Request().FirstQuery()["metrics"]!.AsArray().Select(metric => metric!.ToString())).First();

        await attack.AssertRefusedAsync(way, request => request.FirstQuery()["metrics"] = new JsonArray(others));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ColumnThatTheChartHasNotIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request => request.FirstQuery()["columns"]!.AsArray().Add("patient_id"));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ColumnOfSqlIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request => request.FirstQuery()["columns"] = new JsonArray(Sql.Expression("patient_id")));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ColumnOfSqlInTheGuiseOfATimeAxisIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request =>
        {
            var axis = Sql.Expression("patient_id");
            axis["columnType"] = "BASE_AXIS";
            axis["timeGrain"] = "P1M";
            axis["isColumnReference"] = true;
            request.FirstQuery()["columns"]!.AsArray().Add(axis);
        });

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task MetricOfSqlIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request => request.FirstQuery()["metrics"] = new JsonArray(Sql.Expression("MAX(patient_id)")));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task MetricThatMovesTheClaimsAndRunsAnotherStatementIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request => request.FirstQuery()["metrics"] = new JsonArray(Sql.Expression(Sql.AllPatients)));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AggregateOfAnyColumnIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request => request.FirstQuery()["metrics"] = new JsonArray(Sql.Aggregate("MAX", "patient_id")));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task SqlInAFiltersColumnIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request => request.FirstQuery()["filters"]!.AsArray().Add(new JsonObject
        {
            ["col"] = Sql.Expression("set_config('app.tenant_id','harbour',false)"), ["op"] = "==", ["val"] = "harbour",
        }));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task SqlInTheOrderIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(
            way, request => request.FirstQuery()["orderby"] = new JsonArray(new JsonArray(Sql.Expression(Sql.AllPatients), false)));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task SqlInTheSeriesLimitIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request =>
        {
            request.FirstQuery()["series_limit"] = 5;
            request.FirstQuery()["series_limit_metric"] = Sql.Expression(Sql.AllPatients);
        });

    [Theory]
    [InlineData("where", "tenant_id = 'harbour' OR 1 = 1", Way.Embed)]
    [InlineData("where", "tenant_id = 'harbour' OR 1 = 1", Way.Direct)]
    [InlineData("where", "patient_id > 0", Way.Embed)]
    [InlineData("where", "patient_id > 0", Way.Direct)]
    [InlineData("where", "{{ current_user_id() }} = 1", Way.Embed)]
    [InlineData("where", "{{ current_user_id() }} = 1", Way.Direct)]
    [InlineData("having", "COUNT(DISTINCT patient_id) > 0", Way.Embed)]
    [InlineData("having", "COUNT(DISTINCT patient_id) > 0", Way.Direct)]
    public async Task ConditionOfSqlIsRefused(string clause, string sql, Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request => request.FirstQuery()["extras"]![clause] = sql);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task RequestWithoutItsChartIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request =>
        {
            request["form_data"]!.AsObject().Remove("slice_id");
            request.FirstQuery()["columns"] = new JsonArray("patient_id");
        });

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task RequestWithoutFormDataIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);

        await attack.AssertRefusedAsync(way, request => request["form_data"] = new JsonObject { ["dashboardId"] = attack.Chart.DashboardId });
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ChartOfAnotherDashboardIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack, "appointments");
        var other = attack.Stored.ChartsOf("revenue").First();

        await attack.AssertRefusedAsync(way, way => attack.Guest.AskAsync(other.Request(), way));
        await attack.AssertRefusedAsync(way, way => attack.Guest.AskAsync(
            Attack.Altered(other.Request(), request => request["form_data"]!["dashboardId"] = attack.Chart.DashboardId), way));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DatasetOfAnotherDashboardIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack, "appointments");

        await attack.AssertRefusedAsync(way, request => request["datasource"]!["id"] = attack.Stored.Datasets["network_daily"].Id);
    }

    [Theory]
    [InlineData("samples", Way.Embed)]
    [InlineData("samples", Way.Direct)]
    [InlineData("drill_detail", Way.Embed)]
    [InlineData("drill_detail", Way.Direct)]
    [InlineData("query", Way.Embed)]
    [InlineData("query", Way.Direct)]
    [InlineData("columns", Way.Embed)]
    [InlineData("columns", Way.Direct)]
    [InlineData("timegrains", Way.Direct)]
    public async Task RowsAndStatementsAreRefusedToWhoMayNotDrill(string resultType, Way way)
    {
        var attack = await Attack.ByFrontDeskAsync(stack);

        await attack.AssertRefusedAsync(way, request =>
        {
            request["result_type"] = resultType;
            request["form_data"]!["result_type"] = resultType;
        });
    }

    [Theory]
    [InlineData("samples", Way.Embed)]
    [InlineData("samples", Way.Direct)]
    [InlineData("drill_detail", Way.Embed)]
    [InlineData("drill_detail", Way.Direct)]
    public async Task DrillingShowsNoColumnThatIsNotForShowing(string resultType, Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request =>
        {
            request["result_type"] = resultType;
            request.FirstQuery()["columns"] = new JsonArray([.. Foreign.Select(column => JsonValue.Create(column))]);
            request.FirstQuery()["metrics"] = new JsonArray();
        });

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task RowLimitAboveTheChartsIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(
            way, request => request.FirstQuery()["row_limit"] = ((long?)request.FirstQuery()["row_limit"] ?? 50_000) + 1);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task CacheTimeOfTheGuestsOwnIsRefused(Way way) =>
        await (await Attack.ByAdministratorAsync(stack)).AssertRefusedAsync(way, request => request["custom_cache_timeout"] = -1);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AnnotationFromAnotherChartIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);
        var other = attack.Stored.Charts.First(chart => chart.Dashboard != attack.Chart.Dashboard || chart.Id != attack.Chart.Id);

        await attack.AssertRefusedAsync(way, request => request.FirstQuery()["annotation_layers"] = new JsonArray(new JsonObject
        {
            ["name"] = "other", ["annotationType"] = "TIME_SERIES", ["sourceType"] = "table", ["value"] = other.Id, ["show"] = true, ["showMarkers"] = false, ["style"] = "solid", ["overrides"] = new JsonObject(),
        }));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task FilterOfTheDashboardOffersNoOtherColumn(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);
        var filter = attack.Stored.FiltersOf(attack.Chart.Dashboard).First(filter => filter.Dataset == attack.Chart.Dataset);

        await attack.AssertRefusedAsync(way, way => attack.Guest.AskAsync(
            Attack.Altered(filter.Request(), request => request.FirstQuery()["columns"] = new JsonArray("patient_id")), way));
        await attack.AssertRefusedAsync(way, way => attack.Guest.AskAsync(
            Attack.Altered(filter.Request(), request => request.FirstQuery()["metrics"] = new JsonArray(Sql.Expression(Sql.AllPatients))), way));
        await attack.AssertRefusedAsync(way, way => attack.Guest.AskAsync(
            Attack.Altered(filter.Request(), request => request["form_data"]!["native_filter_id"] = "NATIVE_FILTER-nobodys"), way));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DrillingByAColumnThatIsNotForGroupingIsRefused(Way way) =>
        await AssertDrillIsRefusedAsync(await Attack.ByAdministratorAsync(stack), "patient_id", way);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DrillingByAnyColumnIsRefusedToWhoMayNotDrill(Way way) =>
        await AssertDrillIsRefusedAsync(await Attack.ByFrontDeskAsync(stack), "service_name", way);

    private static Task AssertDrillIsRefusedAsync(Attack attack, string column, Way way) =>
        attack.AssertRefusedAsync(way, way => attack.Guest.AskAsync(DrillBy.Request(attack.Chart, column, force: false), way));
}
