using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>An honest request, and what somebody makes of it.</summary>
internal sealed class Attack(StackFixture stack, Person person, Guest guest, StoredDashboards stored, StoredChart chart)
{
    public Guest Guest => guest;

    public StoredDashboards Stored => stored;

    public StoredChart Chart => chart;

    public StoredDataset Dataset => stored.Datasets[chart.Dataset];

    public static Task<Attack> ByAdministratorAsync(StackFixture stack, string dashboard = "clinic") => ByAsync(stack, Person.NorthsideAdministrator, dashboard);

    public static Task<Attack> ByClinicianAsync(StackFixture stack, string dashboard = "appointments") => ByAsync(stack, Person.NorthsideClinician, dashboard);

    public static Task<Attack> ByFrontDeskAsync(StackFixture stack) => ByAsync(stack, Person.NorthsideStaff, "appointments");

    // A person with a real token, at a chart of one of their dashboards.
    private static async Task<Attack> ByAsync(StackFixture stack, Person person, string dashboard, string dataset = "appointments")
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var chart = stored.ChartsOf(dashboard).Where(chart => chart.Dataset == dataset && IsPlain(chart)).OrderByDescending(chart => chart.VizType == "table").First();
        return new Attack(stack, person, await Guest.OfAsync(stack, person, dashboard), stored, chart);
    }

    /// <summary>The honest request passes, so that a refusal is one of the alteration.</summary>
    public Task AssertRefusedAsync(Way way, Action<JsonObject> alter) => AssertRefusedAsync(way, way => guest.AskAsync(Altered(chart.Request(), alter), way));

    public async Task AssertRefusedAsync(Way way, Func<Way, Task<Answer>> attack)
    {
        var honest = await guest.AskAsync(chart.Request(), way);
        Assert.True(honest.IsOk, $"The honest request answered {honest}");

        var answer = await attack(way);

        Assert.True(answer.Status == HttpStatusCode.Forbidden, $"Not refused: {answer}");
        Assert.Empty((await OthersCells.OfAsync(stack, person)).In(answer));
    }

    public static JsonObject Altered(JsonObject request, Action<JsonObject> alter)
    {
        alter(request);
        return request;
    }

    private static bool IsPlain(StoredChart chart) => chart.Request()["queries"]!.AsArray() is [JsonObject query] && query["columns"]!.AsArray().Any(column => column is JsonValue);
}
