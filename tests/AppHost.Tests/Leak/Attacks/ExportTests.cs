using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Rows leave as files only where the role exports.</summary>
public sealed class ExportTests(StackFixture stack)
{
    public static TheoryData<Way> Ways => [Way.Embed, Way.Direct];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ExportIsRefusedToTheFrontDesk(Way way)
    {
        var attack = await Attack.ByFrontDeskAsync(stack);

        await attack.AssertRefusedAsync(way, way => attack.Guest.ExportAsync(attack.Chart.Request(), way));
        await attack.AssertRefusedAsync(way, way => attack.Guest.ExportAsync(attack.Chart.Request(), way, "xlsx"));
        await attack.AssertRefusedAsync(way, request => request["result_format"] = "csv");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ExportIsRefusedToClinicians(Way way)
    {
        var attack = await Attack.ByClinicianAsync(stack);

        await attack.AssertRefusedAsync(way, way => attack.Guest.ExportAsync(attack.Chart.Request(), way));
        await attack.AssertRefusedAsync(way, request => request["result_format"] = "csv");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ExportOfAnotherColumnIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);

        await attack.AssertRefusedAsync(way, way => attack.Guest.ExportAsync(
            Attack.Altered(attack.Chart.Request(), request => request.FirstQuery()["columns"] = new JsonArray("patient_id")), way));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task LongerExportThanTheChartIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);

        await attack.AssertRefusedAsync(way, way => attack.Guest.ExportAsync(
            Attack.Altered(attack.Chart.Request(), request => request.FirstQuery()["row_limit"] = 1_000_000), way));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ExportThatWouldBeStreamedIsRefused(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);

        await attack.AssertRefusedAsync(way, way => attack.Guest.ExportAsync(
            Attack.Altered(attack.Chart.Request(), request => request["form_data"]!["row_limit"] = 1_000_000_000), way));
    }
}
