using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.DashboardKey;

/// <summary>A guest of the dashboard <c>dashboard-key</c> asks for another tenant's rows, whichever way the question takes.</summary>
public sealed class DashboardKeyTests(StackFixture stack)
{
    private const string Dashboard = "dashboard-key";

    // The roles that the catalogue grants it to.
    public static TheoryData<string, Way> RolesAndWays => [.. new[] { "admin" }.SelectMany(role => Enum.GetValues<Way>().Select(way => (role, way)))];

    [Theory]
    [MemberData(nameof(RolesAndWays))]
    public async Task NobodyAsksForAnothersRows(string role, Way way)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var persons = Entitlements.PersonsOf(role);
        var guest = await Guest.OfAsync(stack, persons[0], Dashboard);
        foreach (var chart in stored.ChartsOf(Dashboard))
        {
            var own = await guest.AskAsync(chart.Request(), way);
            Assert.True(own.IsOk, $"{persons[0]}, {chart}: {own}");
            foreach (var forged in Forgeries(chart, persons[1].Tenant))
            {
                var answer = await guest.AskAsync(forged, way);
                Assert.False(answer.IsOk, $"{forged["queries"]} was answered: {answer}");
            }
        }
    }

    private static IEnumerable<JsonObject> Forgeries(StoredChart chart, string other)
    {
        yield return Forged(query => query["filters"]!.AsArray().Add(new JsonObject { ["col"] = "tenant_id", ["op"] = "==", ["val"] = other }));
        yield return Forged(query => query["extras"]!["where"] = $"1 = 1) OR (tenant_id = '{other}'");
        yield return Forged(query => query["columns"]!.AsArray().Add("tenant_id"));

        JsonObject Forged(Action<JsonObject> change)
        {
            var request = chart.Request(force: true);
            change(request["queries"]![0]!.AsObject());
            return request;
        }
    }
}
