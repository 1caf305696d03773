using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.JwtEmbedding;

/// <summary>A host's own token is a way in to one's own rows, behind the same walls as the Api's.</summary>
public sealed class IssuersTokenTests(StackFixture stack)
{
    public static TheoryData<string, string> Datasets => [.. Entitlements.Datasets];

    public static TheoryData<Way> Ways => [Way.Embed, Way.Direct];

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task EverybodySeesExactlyTheirOwnRows(string dataset, string role)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var question = QuestionsOf.Dataset(stored, dataset, role).First(one => one.Kind == QuestionKind.Chart);
        var persons = Entitlements.PersonsOf(role);
        var problems = new List<string>();

        foreach (var (person, force) in persons.SelectMany(other => new[] { (persons[0], false), (other, false), (other, true) }))
        {
            var answer = await question.AskAsync(GuestOf(person), force);
            var problem = !answer.IsOk ? answer.ToString()
                : (await OthersCells.OfAsync(stack, person)).In(answer) is { Count: > 0 } foreign ? $"LEAK: {string.Join(" ; ", foreign.Take(5))}"
                : await question.DifferenceAsync(stack, person, answer);
            if (problem is not null)
            {
                problems.Add($"{question} as {person}, {(force ? "cold" : "cached")}: {problem}");
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ServersSendTheTokenAsBearer(Way way)
    {
        var chart = await ChartAsync();
        var bearer = new Dictionary<string, string> { ["Authorization"] = $"Bearer {TokenOf(Person.HarbourAdministrator)}" };

        var answer = await new Guest(stack, null).SendAsync(
            HttpMethod.Post, $"api/v1/chart/data?dashboard_id={chart.DashboardId}", JsonContent.Create(chart.Request()), way, headers: bearer);

        Assert.True(answer.IsOk, answer.ToString());
        var question = new QueryQuestion(QuestionKind.Chart, chart.Name, chart.Dashboard, chart.Dataset, chart.Request);
        Assert.Null(await question.DifferenceAsync(stack, Person.HarbourAdministrator, answer));
    }

    [Fact]
    public async Task PageOpensAndExportsWithTheHostsToken()
    {
        var chart = await ChartAsync();
        var guest = GuestOf(Person.NorthsideAdministrator);

        foreach (var path in new[] { "api/v1/me/roles/", $"api/v1/dashboard/{chart.DashboardId}", $"api/v1/dashboard/{chart.DashboardId}/charts" })
        {
            var answer = await guest.GetAsync(path);
            Assert.True(answer.IsOk, $"{path} answered {answer}");
        }

        var export = await guest.ExportAsync(chart.Request());
        Assert.True(export.IsOk, export.ToString());
        Assert.Empty((await OthersCells.OfAsync(stack, Person.NorthsideAdministrator)).In(export));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DatasetsAndPermissionsOfTheTokenOnlyTakeAway(Way way)
    {
        var chart = await ChartAsync();
        var claims = TestIssuer.Claims("northside", "admin");

        claims["dataset_ids"] = new JsonArray("revenue");
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(chart, way, stack.Issuer.Sign(claims))).Status);

        claims["dataset_ids"] = new JsonArray("appointments");
        claims["permissions"] = new JsonArray("view");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(chart, way, stack.Issuer.Sign(claims))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await new Guest(stack, stack.Issuer.Sign(claims)).ExportAsync(chart.Request(), way)).Status);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task GuestAsksOnlyWhatTheDashboardAsks(Way way)
    {
        var chart = await ChartAsync();
        var altered = Attack.Altered(chart.Request(), request => request.FirstQuery()["metrics"] = new JsonArray(Sql.Expression(Sql.AllPatients)));

        var answer = await GuestOf(Person.NorthsideAdministrator).AskAsync(altered, way);

        Assert.True(answer.Status == HttpStatusCode.Forbidden, $"Not refused: {answer}");
    }

    [Fact]
    public async Task NewKeyIsTakenWithoutARestart()
    {
        var chart = await ChartAsync();
        stack.Issuer.Publish("second");
        var token = stack.Issuer.Sign(TestIssuer.Claims("northside", "admin"), "second");

        // Superset asks for unknown keys at most once in ten seconds, in each of its workers.
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var answers = new List<HttpStatusCode>();
        while (answers.Count < 8 || answers[^8..].Any(status => status != HttpStatusCode.OK))
        {
            Assert.False(timeout.IsCancellationRequested, $"The new key is not taken: {string.Join(' ', answers)}");
            answers.Add((await AskAsync(chart, Way.Embed, token)).Status);
            await Task.Delay(answers[^1] == HttpStatusCode.OK ? 0 : 1000, TestContext.Current.CancellationToken);
        }
    }

    private Guest GuestOf(Person person) => new(stack, TokenOf(person));

    private string TokenOf(Person person) => stack.Issuer.Sign(TestIssuer.Claims(person.Tenant, person.Role, person.StaffId));

    private Task<Answer> AskAsync(StoredChart chart, Way way, string token) => new Guest(stack, token).AskAsync(chart.Request(), way);

    private async Task<StoredChart> ChartAsync() =>
        (await StoredDashboards.ReadAsync(stack)).ChartsOf("clinic").First(chart => chart.Dataset == "appointments");
}
