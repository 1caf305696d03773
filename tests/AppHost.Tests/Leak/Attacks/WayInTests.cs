using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Which credentials count, and on which way.</summary>
public sealed class WayInTests(StackFixture stack)
{
    private const string Dashboard = "clinic";

    public static TheoryData<Way> Ways => [Way.Embed, Way.Passed, Way.Direct];

    [Fact]
    public async Task SupersetAnswersOnlyThroughTheApi()
    {
        var chart = await ChartAsync();
        var token = await (await stack.DirectApiAsync()).TokenAsync(
            await stack.Sessions.OfAsync(Person.NorthsideAdministrator), Dashboard, TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = stack.Superset, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("X-GuestToken", token);

        using var data = await client.PostAsJsonAsync("api/v1/chart/data", chart.Request(), TestContext.Current.CancellationToken);
        using var page = await client.GetAsync("login/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, data.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task LoginOfAnotherAccountBesideAGuestTokenDoesNotCount(Way way)
    {
        var guest = await Guest.OfAsync(stack, Person.NorthsideAdministrator, Dashboard);
        var chart = await ChartAsync();
        var login = GuestTokenForger.Signed(
            new JsonObject
            {
                ["fresh"] = true, ["iat"] = Now, ["nbf"] = Now, ["exp"] = Now + 600, ["jti"] = Guid.NewGuid().ToString(), ["type"] = "access", ["sub"] = "1", ["csrf"] = "x",
            },
            await stack.ParameterAsync("superset-jwt-secret-key"));

        var answer = await guest.SendAsync(
            HttpMethod.Post, $"api/v1/chart/data?dashboard_id={chart.DashboardId}", JsonContent.Create(chart.Request()), way,
            headers: new Dictionary<string, string> { ["Authorization"] = $"Bearer {login}" });

        await AssertOwnOrRefusedAsync(chart, answer);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task GuestTokenInAFormIsHeldToTheSameRules(Way way)
    {
        var guest = await Guest.OfAsync(stack, Person.NorthsideAdministrator, Dashboard);
        var chart = await ChartAsync();

        var honest = await guest.ExportAsync(chart.Request(), way);
        var altered = await guest.ExportAsync(Attack.Altered(chart.Request(), request => request.FirstQuery()["metrics"] = new JsonArray(Sql.Expression(Sql.AllPatients))), way);

        Assert.True(honest.IsOk, honest.ToString());
        Assert.Empty((await Others.OthersCells.OfAsync(stack, Person.NorthsideAdministrator)).In(honest));
        Assert.True(altered.Status == HttpStatusCode.Forbidden, $"Not refused: {altered}");
    }

    [Fact]
    public async Task TokenInAFormCarriesNoSecondRequest()
    {
        var chart = await ChartAsync();
        var token = await (await stack.Sessions.OfAsync(Person.NorthsideAdministrator)).TokenAsync(Dashboard, TestContext.Current.CancellationToken);

        var answer = await new Guest(stack, $"{token}\r\nX-Superset-Ingress: x\r\n\r\nGET /login/ HTTP/1.1").ExportAsync(chart.Request());

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private async Task<StoredChart> ChartAsync() => (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First(chart => chart.Dataset == "appointments");

    // The guest's own rows, or nothing: never those of the account.
    private async Task AssertOwnOrRefusedAsync(StoredChart chart, Answer answer)
    {
        if (!answer.IsOk)
        {
            Assert.Contains(answer.Status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
            return;
        }

        var question = new QueryQuestion(QuestionKind.Chart, chart.Name, Dashboard, chart.Dataset, chart.Request);
        Assert.Null(await question.DifferenceAsync(stack, Person.NorthsideAdministrator, answer));
    }
}
