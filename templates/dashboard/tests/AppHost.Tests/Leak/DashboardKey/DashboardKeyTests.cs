using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.Leak.DashboardKey;

/// <summary>A guest of the dashboard <c>dashboard-key</c> sees all rows of the own tenant and no other's, whichever way the question takes.</summary>
[Trait("Category", "Smoke")]
public sealed class DashboardKeyTests(StackFixture stack)
{
    private const string Dashboard = "dashboard-key";

    // SQL that does not parse is refused before the wall is asked.
    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Forbidden, HttpStatusCode.BadRequest];

    // Those that the catalogue grants it to.
    private static readonly string[] Roles = ["admin"];

    public static TheoryData<string, Way> RolesAndWays => [.. Roles.SelectMany(role => Enum.GetValues<Way>().Select(way => (role, way)))];

    [Theory]
    [MemberData(nameof(RolesAndWays))]
    public async Task EveryChartAnswersOwnRowsAlone(string role, Way way)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var persons = Entitlements.PersonsOf(role)[..2];
        var counts = new[] { await RowsAsync(persons[0].Tenant), await RowsAsync(persons[1].Tenant) };
        Assert.True(counts[0] != counts[1], $"{persons[0].Tenant} and {persons[1].Tenant} have {counts[0]} rows each: what one is shown of the other would not be seen.");

        // One after the other and the first again: an answer that was kept for somebody else shows.
        foreach (var turn in new[] { 0, 1, 0 })
        {
            var guest = await Guest.OfAsync(stack, persons[turn], Dashboard);
            foreach (var chart in stored.ChartsOf(Dashboard))
            {
                Assert.True(chart.Name == "Rows", $"{chart} has no SQL beside it: write it here.");
                var answer = await guest.AskAsync(chart.Request(), way);
                Assert.True(answer.IsOk, $"{persons[turn]}, {chart}: {answer}");
                Assert.Equal(counts[turn], Rows(answer));
            }
        }
    }

    [Theory]
    [MemberData(nameof(RolesAndWays))]
    public async Task NobodyAsksForAnothersRows(string role, Way way)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var persons = Entitlements.PersonsOf(role);
        var guest = await Guest.OfAsync(stack, persons[0], Dashboard);
        foreach (var forged in stored.ChartsOf(Dashboard).SelectMany(chart => Forgeries(chart, persons[1].Tenant)))
        {
            var answer = await guest.AskAsync(forged, way);
            Assert.True(Refusals.Contains(answer.Status), $"{forged["queries"]} was not refused: {answer}");
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

    private static long Rows(Answer answer) => Assert.Single(answer.Results).GetProperty("data")[0].GetProperty("dashboard_metric").GetInt64();

    // What the server's superuser counts, whom no policy binds, in the database and schema of the tenant's record.
    private async Task<long> RowsAsync(string tenant)
    {
        var database = await Superuser.ScalarAsync<string>(stack, "embedstack-db", "select database from shared.tenants where key = $1", tenant);
        var schema = await Superuser.ScalarAsync<string>(stack, "embedstack-db", "select schema from shared.tenants where key = $1", tenant);
        return await Superuser.ScalarInAsync<long>(stack, database, $"select count(*) from \"{schema}\".\"dashboard_table\" where tenant_id = $1", tenant);
    }
}
