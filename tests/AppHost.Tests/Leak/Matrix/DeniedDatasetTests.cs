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
/// minted; and with a forged token neither rules nor policies show a row, each without the other.
/// </summary>
public sealed class DeniedDatasetTests(StackFixture stack)
{
    /// <summary>Dashboard, dataset, role, a dashboard of the role's own, and a role that the dashboard is for.</summary>
    public static TheoryData<string, string, string, string, string> Denied => new()
    {
        { "revenue", "revenue", "staff", "appointments", "admin" },
        { "outcomes", "outcomes", "staff", "appointments", "admin" },
        { "network", "network_daily", "admin", "clinic", "network" },
        { "network", "network_daily", "staff", "appointments", "network" },
        { "appointments", "appointments", "network", "network", "admin" },
        { "revenue", "revenue", "network", "network", "admin" },
    };

    [Theory]
    [MemberData(nameof(Denied))]
    public async Task GrantShowsNothing(string dashboard, string dataset, string role, string own, string entitled)
    {
        var person = PersonOf(role);
        await using var granted = await GrantedDashboard.ToAsync(stack, dashboard, role, [person], HttpStatusCode.Conflict);
        var (api, session) = (await stack.DirectApiAsync(), await stack.Sessions.OfAsync(person));
        var (status, refusal) = await api.MintAsync(session, new { dashboard_key = dashboard }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.EndsWith("uncovered-dataset", (string?)JsonNode.Parse(refusal)!["type"]);

        var token = await api.TokenAsync(session, own, TestContext.Current.CancellationToken);
        var lawful = await api.TokenAsync(await stack.Sessions.OfAsync(PersonOf(entitled)), dashboard, TestContext.Current.CancellationToken);
        var embedded = (string)GuestTokenForger.Payload(lawful)["resources"]![0]!["id"]!;
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(dashboard).First(chart => chart.Dataset == dataset && chart.VizType == "table");

        await AssertNothingAsync(person, chart, await ForgedRules.InAsync(stack, token, [], embedded));
        await AssertNothingAsync(person, chart, await ForgedRules.InAsync(stack, token, [(chart.DatasetId, ForgedRules.Everything)], embedded));
    }

    private async Task AssertNothingAsync(Person person, StoredChart chart, string token)
    {
        var guest = new Guest(stack, token, usual: Way.Passed);
        Assert.True((await guest.GetAsync("api/v1/me/roles/")).IsOk, "The forged token is not honoured: it would prove nothing.");

        var answer = await guest.AskAsync(chart.Request(force: true));

        Assert.Empty((await OthersCells.OfAsync(stack, person)).In(answer));
        if (answer.IsOk)
        {
            Assert.All(answer.Results, result => Assert.Equal(0, result.GetProperty("data").GetArrayLength()));
        }
        else
        {
            // The dataset's table is not in the person's store.
            Assert.True(answer.Body.Contains("does not exist", StringComparison.Ordinal), answer.ToString());
        }
    }

    private static Person PersonOf(string role) => Questions.Entitlements.PersonsOf(role)[0];
}
