using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>A cookie that is refused leaves a row, and the browser forgets it.</summary>
public sealed class SessionRefusalTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Cookie = "__Host-embedstack";

    [Fact]
    public async Task CookieThatIsNoSessionsIsRefusedOnceAndAudited()
    {
        using var browser = api.NewBrowser();
        browser.Cookies[Cookie] = "made-up";
        var before = await RowsAsync();

        using var answer = await browser.GetAsync("/api/dashboards");

        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(before + 1, await RowsAsync());
        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);
    }

    [Fact]
    public async Task CookieOfASessionThatIsOverIsAudited()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        await api.Database.ExecuteAsync("delete from api.sessions where subject = $1", person.Subject);
        var before = await RowsAsync();

        using var answer = await browser.MintAsync("clinic");

        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(before + 1, await RowsAsync());
    }

    [Fact]
    public async Task SessionThatEndsInARequestHasOneRow()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        person.Active = false;
        api.Clock.Advance(TimeSpan.FromSeconds(11));
        var before = await RowsAsync();

        using var answer = await browser.GetAsync("/bff/user");

        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(before, await RowsAsync());
        Assert.Single(await api.Database.QueryAsync("select 1 from audit.events where kind = 'session_ended' and person = audit.person($1)", person.Subject));
    }

    [Fact]
    public async Task VisitorWithoutACookieLeavesNoRow()
    {
        using var browser = api.NewBrowser();
        var before = await RowsAsync();
        using var answer = await browser.GetAsync("/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(before, await RowsAsync());
    }

    private async Task<int> RowsAsync() =>
        (await api.Database.QueryAsync("select 1 from audit.events where kind = 'access' and outcome = 'refused' and reason = 'not-signed-in'")).Count;
}
