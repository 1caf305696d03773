using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Orders;

/// <summary>A guest sees all rows of the own tenant and no other's, whichever way the question takes.</summary>
[Trait("Category", "Smoke")]
public sealed class GuestTests(StackFixture stack)
{
    private const string Dashboard = "orders";

    public static TheoryData<string, Way> RolesAndWays =>
        [.. Entitlements.Roles[Dashboard].SelectMany(role => Enum.GetValues<Way>().Select(way => (role, way)))];

    [Theory]
    [MemberData(nameof(RolesAndWays))]
    public async Task EveryChartAnswersOwnRowsAlone(string role, Way way)
    {
        var stored = await StoredDashboards.ReadAsync(stack);

        // One after the other and the first again: an answer that was kept for somebody else shows.
        var persons = Entitlements.PersonsOf(role);
        foreach (var person in persons.Append(persons[0]))
        {
            var guest = await Guest.OfAsync(stack, person, Dashboard);
            foreach (var chart in stored.ChartsOf(Dashboard))
            {
                var answer = await guest.AskAsync(chart.Request(), way);
                Assert.True(answer.IsOk, $"{person}, {chart}: {answer}");
                Assert.Equal(await ExpectedAsync(chart, person.Tenant), Lines(chart, answer));
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
        foreach (var forged in Forgeries(stored.ChartsOf(Dashboard).Single(chart => chart.Name == "Orders"), persons[1].Tenant))
        {
            var answer = await guest.AskAsync(forged, way);
            Assert.True((int)answer.Status is >= 400 and < 500, $"{forged["queries"]} was not refused: {answer}");
        }
    }

    [Fact]
    public async Task NobodyExportsAnothersRows()
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var chart = stored.ChartsOf(Dashboard).Single(chart => chart.Name == "Orders");
        foreach (var person in Entitlements.PersonsOf("admin"))
        {
            var answer = await (await Guest.OfAsync(stack, person, Dashboard)).ExportAsync(chart.Request());
            Assert.True(answer.IsOk, $"{person}: {answer}");
            Assert.Contains(
                (await CustomerDatabase.OrdersAsync(stack, person.Tenant)).ToString(CultureInfo.InvariantCulture), answer.Body, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<JsonObject> Forgeries(StoredChart chart, string other)
    {
        yield return Forged(query => query["filters"]!.AsArray().Add(new JsonObject { ["col"] = "tenant_id", ["op"] = "==", ["val"] = other }));
        yield return Forged(query => query["extras"]!["where"] = $"1 = 1) OR (tenant_id = '{other}'");
        yield return Forged(query => query["columns"]!.AsArray().Add("tenant_id"));
        yield return Forged(query => query["metrics"] = new JsonArray(new JsonObject
        {
            ["expressionType"] = "SQL",
            ["label"] = "all",
            ["sqlExpression"] = $"count(*) + length(set_config('app.tenant_id', '{other}', false))",
        }));

        JsonObject Forged(Action<JsonObject> change)
        {
            var request = chart.Request(force: true);
            change(request["queries"]![0]!.AsObject());
            return request;
        }
    }

    private async Task<string[]> ExpectedAsync(StoredChart chart, string tenant) => chart.Name switch
    {
        "Orders" => [(await CustomerDatabase.OrdersAsync(stack, tenant)).ToString(CultureInfo.InvariantCulture)],
        "Revenue" => [Text(await CustomerDatabase.RevenueAsync(stack, tenant))],
        "Revenue by region" => await CustomerDatabase.RevenueByAsync(stack, tenant, "region"),
        "Revenue by month" => await CustomerDatabase.RevenueByAsync(stack, tenant, "to_char(ordered_on, 'YYYY-MM')"),
        _ => throw new InvalidOperationException($"{chart} has no SQL beside it: write it here."),
    };

    private static string[] Lines(StoredChart chart, Answer answer)
    {
        var rows = Assert.Single(answer.Results).GetProperty("data").EnumerateArray().ToArray();
        return chart.Name switch
        {
            "Orders" => [.. rows.Select(row => row.GetProperty("orders").GetInt64().ToString(CultureInfo.InvariantCulture))],
            "Revenue" => [.. rows.Select(row => Text(row.GetProperty("revenue").GetDecimal()))],
            "Revenue by region" => [.. rows.Select(row => $"{row.GetProperty("region").GetString()}|{Revenue(row)}").Order(StringComparer.Ordinal)],
            _ => [.. rows.Select(row => $"{Month(row.GetProperty("ordered_on"))}|{Revenue(row)}").Order(StringComparer.Ordinal)],
        };
    }

    private static string Revenue(JsonElement row) => Text(row.GetProperty("revenue").GetDecimal());

    private static string Text(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Month(JsonElement moment) => moment.ValueKind == JsonValueKind.Number
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)moment.GetDouble()).ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : moment.GetString()![..7];
}
