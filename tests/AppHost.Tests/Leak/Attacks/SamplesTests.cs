using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Drill to detail shows rows to whom it is granted, of the dashboard's datasets, and takes no SQL.</summary>
public sealed class SamplesTests(StackFixture stack)
{
    public static TheoryData<Way> Ways => [Way.Embed, Way.Direct];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task RowsAreRefusedToTheFrontDesk(Way way)
    {
        var attack = await Attack.ByFrontDeskAsync(stack);

        await attack.AssertRefusedAsync(way, way => attack.Guest.SamplesAsync(attack.Chart.DashboardId, attack.Dataset, way));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task RowsOfAnotherDashboardAreRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack, "appointments");

        await attack.AssertRefusedAsync(way, way => attack.Guest.SamplesAsync(attack.Chart.DashboardId, attack.Stored.Datasets["revenue"], way));
        await attack.AssertRefusedAsync(way, way => attack.Guest.SamplesAsync(attack.Stored.IdOf("revenue"), attack.Stored.Datasets["revenue"], way));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task RowsOfADatasetOfAveragesAreRefused(Way way)
    {
        var attack = await Attack.ByClinicianAsync(stack, "clinician");

        await attack.AssertRefusedAsync(way, way => attack.Guest.SamplesAsync(attack.Chart.DashboardId, attack.Stored.Datasets["benchmarks"], way));
    }

    [Theory]
    [InlineData("where", Way.Embed)]
    [InlineData("where", Way.Direct)]
    [InlineData("having", Way.Embed)]
    [InlineData("having", Way.Direct)]
    public async Task ConditionOfSqlIsRefused(string clause, Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);
        var body = new JsonObject { ["filters"] = new JsonArray(), ["extras"] = new JsonObject { [clause] = "tenant_id = 'harbour' OR 1 = 1" } };

        await attack.AssertRefusedAsync(way, way => attack.Guest.SamplesAsync(attack.Chart.DashboardId, attack.Dataset, way, body));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task SqlInAFiltersColumnIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);
        var body = new JsonObject
        {
            ["filters"] = new JsonArray(new JsonObject { ["col"] = Sql.Expression("set_config('app.tenant_id','harbour',false)"), ["op"] = "==", ["val"] = "harbour" }),
        };

        await attack.AssertRefusedAsync(way, way => attack.Guest.SamplesAsync(attack.Chart.DashboardId, attack.Dataset, way, body));
    }
}
