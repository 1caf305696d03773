using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>
/// Cells of the table that say "nothing": a dashboard is granted to a role that no row of its dataset is for. Nothing is
/// minted; and with a forged token neither rules nor policies show a row, each without the other. Where the person's store
/// has no such table, the database refuses the statement, and the embed origin says that it was refused and nothing else.
/// </summary>
public sealed class DeniedDatasetTests(StackFixture stack)
{
    private const string Malformed = "urn:embedstack:problem:malformed-request";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Dashboard, dataset, role, a dashboard of the role's own, a role that the dashboard is for, and the table that the role's store lacks, if it does.</summary>
    public static TheoryData<string, string, string, string, string, string?> Denied => new()
    {
        { "revenue", "revenue", "staff", "appointments", "admin", null },
        { "outcomes", "outcomes", "staff", "appointments", "admin", null },
        { "network", "network_daily", "admin", "clinic", "network", "network_daily" },
        { "network", "network_daily", "staff", "appointments", "network", "network_daily" },
        { "appointments", "appointments", "network", "network", "admin", "appointment_facts" },
        { "revenue", "revenue", "network", "network", "admin", "revenue_facts" },
    };

    [Theory]
    [MemberData(nameof(Denied))]
    public async Task GrantShowsNothing(string dashboard, string dataset, string role, string own, string entitled, string? missingTable)
    {
        var person = PersonOf(role);
        await using var granted = await GrantedDashboard.ToAsync(stack, dashboard, role, [person], HttpStatusCode.Conflict);
        var (api, session) = (await stack.DirectApiAsync(), await stack.Sessions.OfAsync(person));
        var (status, problem) = await session.MintAsync(new { dashboard_key = dashboard }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("urn:embedstack:problem:uncovered-dataset", (string?)JsonNode.Parse(problem)!["type"]);

        var token = await api.TokenAsync(session, own, TestContext.Current.CancellationToken);
        var lawful = await api.TokenAsync(await stack.Sessions.OfAsync(PersonOf(entitled)), dashboard, TestContext.Current.CancellationToken);
        var embedded = (string)GuestTokenForger.Payload(lawful)["resources"]![0]!["id"]!;
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(dashboard).First(chart => chart.Dataset == dataset && chart.VizType == "table");

        foreach (var rules in new (int, string)[][] { [], [(chart.DatasetId, ForgedRules.Everything)] })
        {
            var guest = await HonouredAsync(await ForgedRules.InAsync(stack, token, rules, embedded));
            await (missingTable is null ? AssertNoRowAsync(person, chart, guest) : AssertNoTableAsync(person, chart, guest, missingTable));
        }
    }

    private async Task<Guest> HonouredAsync(string token)
    {
        var guest = new Guest(stack, token, usual: Way.Passed);
        var answer = await UntilHonouredAsync(() => guest.GetAsync("api/v1/me/roles/"));
        Assert.True(answer.IsOk, $"The forged token is not honoured and would prove nothing: {answer}");
        return guest;
    }

    // Each of Superset's processes reads who may open what once a second; until then it refuses the token for that alone.
    private static async Task<Answer> UntilHonouredAsync(Func<Task<Answer>> ask)
    {
        for (var until = DateTime.UtcNow + Limit; ; await Task.Delay(200, TestContext.Current.CancellationToken))
        {
            var answer = await ask();
            if (answer.Status != HttpStatusCode.Unauthorized || DateTime.UtcNow > until)
            {
                return answer;
            }
        }
    }

    private async Task AssertNoRowAsync(Person person, StoredChart chart, Guest guest)
    {
        var answer = await UntilHonouredAsync(() => guest.AskAsync(chart.Request(force: true)));

        Assert.True(answer.IsOk, answer.ToString());
        Assert.NotEmpty(answer.Results);
        Assert.All(answer.Results, result => Assert.Equal(0, result.GetProperty("data").GetArrayLength()));
        await AssertNoCellAsync(person, answer);
    }

    private async Task AssertNoTableAsync(Person person, StoredChart chart, Guest guest, string table)
    {
        var answer = await UntilHonouredAsync(() => guest.AskAsync(chart.Request(force: true)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var problem = JsonNode.Parse(answer.Body)!.AsObject();
        Assert.Equal(Malformed, (string?)problem["type"]);
        Assert.Equal(["correlation_id", "status", "title", "type"], problem.Select(member => member.Key).Order(StringComparer.Ordinal));
        await AssertNoCellAsync(person, answer);

        // What Superset itself says, past the Api: it was the database, for want of the table.
        var reason = await UntilHonouredAsync(() => guest.AskAsync(chart.Request(force: true), Way.Direct));
        Assert.Equal(HttpStatusCode.BadRequest, reason.Status);
        Assert.Contains($"relation \"{table}\" does not exist", (string?)JsonNode.Parse(reason.Body)!["message"]);
        await AssertNoCellAsync(person, reason);
    }

    private async Task AssertNoCellAsync(Person person, Answer answer) => Assert.Empty((await OthersCells.OfAsync(stack, person)).In(answer));

    private static Person PersonOf(string role) => Questions.Entitlements.PersonsOf(role)[0];
}
