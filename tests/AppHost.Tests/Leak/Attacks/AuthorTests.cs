using System.Net;
using System.Net.Http.Json;
using EmbedStack.AppHost.Tests.Authors;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Superset's session outranks a guest token: an author's must not stand beside one, and is none of the product's.</summary>
public sealed class AuthorTests(StackFixture stack)
{
    private static readonly Person Person = Person.HarbourAdministrator;

    public static TheoryData<Way> Ways => [Way.Embed, Way.Passed, Way.Direct];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AuthorsSessionBesideAGuestTokenDoesNotCount(Way way)
    {
        using var author = await SignInAsync();
        var stored = await StoredDashboards.ReadAsync(stack);
        var chart = stored.ChartsOf("clinic").First();
        var guest = await Guest.OfAsync(stack, Person, "clinic");
        var cookie = new Dictionary<string, string> { ["Cookie"] = author.CookiesOf(AuthorPage.Origin(stack)) };

        var answer = await guest.SendAsync(
            HttpMethod.Post, $"api/v1/chart/data?dashboard_id={chart.DashboardId}", JsonContent.Create(chart.Request(force: true)), way, headers: cookie);

        Assert.True(answer.IsOk, answer.ToString());
        var question = new QueryQuestion(QuestionKind.Chart, chart.Name, chart.Dashboard, chart.Dataset, chart.Request);
        Assert.Null(await question.DifferenceAsync(stack, Person, answer));
    }

    [Fact]
    public async Task AuthorsSessionIsNothingOnTheEmbedOrigin()
    {
        using var author = await SignInAsync();
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf("clinic").First();
        var cookie = new Dictionary<string, string> { ["Cookie"] = author.CookiesOf(AuthorPage.Origin(stack)) };

        var answer = await new Guest(stack, token: null).SendAsync(
            HttpMethod.Post, $"api/v1/chart/data?dashboard_id={chart.DashboardId}", JsonContent.Create(chart.Request()), Way.Embed, headers: cookie);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    private async Task<Browserless> SignInAsync()
    {
        var browser = new Browserless();
        var page = await browser.OpenAsync(new Uri(AuthorPage.Origin(stack), "login/"), TestContext.Current.CancellationToken);
        page = await browser.SignInAsync(page, "author@embedstack.example", await stack.ParameterAsync("author-password"), TestContext.Current.CancellationToken);
        Assert.True(page.Address.Authority == AuthorPage.Origin(stack).Authority && page.Status == HttpStatusCode.OK, $"{page.Address.GetLeftPart(UriPartial.Path)} answered {(int)page.Status}.");
        return browser;
    }
}
