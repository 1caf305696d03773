using System.Net;
using System.Text;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

public sealed class SessionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task UserNeedsASession()
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.GetAsync("/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task UserShowsNameTenantRoleAndWhatItMayOnly()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.GetAsync("/bff/user");
        Assert.Equal(
            """{"name":"Nora Lindqvist","tenant":{"key":"northside","name":"Northside Specialist Clinic","accent":null},"role":"admin","tier":["view","table","drill","export"]}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SessionIsStoredUnderAHashAndEncrypted()
    {
        var person = new TestPerson { Name = "Stored Person" };
        using var browser = await api.SignInAsync(person);
        var row = Assert.Single(await api.Database.QueryAsync("select * from api.sessions where subject = $1", person.Subject));

        Assert.Equal(32, ((byte[])row["key_hash"]!).Length);
        Assert.DoesNotContain("Stored Person", Encoding.Latin1.GetString((byte[])row["ticket"]!), StringComparison.Ordinal);
        Assert.DoesNotContain("id-token", Encoding.Latin1.GetString((byte[])row["tokens"]!), StringComparison.Ordinal);
        Assert.True(browser.Cookies["__Host-embedstack"].Length < 512);
    }

    [Fact]
    public async Task TamperedCookieIsNoSession()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var cookie = browser.Cookies["__Host-embedstack"].ToCharArray();
        cookie[40] = cookie[40] == 'A' ? 'B' : 'A';
        browser.Cookies["__Host-embedstack"] = new string(cookie);
        using var answer = await browser.GetAsync("/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task AnotherInstanceKnowsTheSession()
    {
        using var first = await api.SignInAsync(new TestPerson());
        await using var other = api.StartInstance();
        using var second = ApiFixture.NewBrowser(other);
        second.Cookies["__Host-embedstack"] = first.Cookies["__Host-embedstack"];
        using var answer = await second.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task SessionEndsAtItsAbsoluteLimitHoweverBusy()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        await api.Database.ExecuteAsync(
            "update api.sessions set created_at = now() - interval '8 hours' where subject = $1", person.Subject);
        using var answer = await browser.GetAsync("/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task SessionEndsWhenIdle()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        await api.Database.ExecuteAsync("update api.sessions set expires_at = now() where subject = $1", person.Subject);
        using var answer = await browser.GetAsync("/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task SessionLastsWhileItIsUsedAndEndsHalfAnHourAfter()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        for (var use = 0; use < 3; use++)
        {
            api.Clock.Advance(TimeSpan.FromMinutes(20));
            using var used = await browser.GetAsync("/bff/user");
            Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        }

        api.Clock.Advance(TimeSpan.FromMinutes(31));
        using var answer = await browser.GetAsync("/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task SignOutEndsTheSessionHereAndAtKeycloak()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        var cookie = browser.Cookies["__Host-embedstack"];
        var session = Assert.Single(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject))["id"]!.ToString()!;
        using var answer = await browser.PostAsync("/bff/logout");

        var redirect = (await answer.JsonAsync()).GetProperty("redirect").GetString()!;
        Assert.StartsWith($"{api.Keycloak.Issuer}/protocol/openid-connect/logout?id_token_hint=", redirect, StringComparison.Ordinal);
        Assert.Contains($"post_logout_redirect_uri={Uri.EscapeDataString(ApiFixture.AppOrigin + "/")}", redirect, StringComparison.Ordinal);
        Assert.False(api.Keycloak.HoldsRefreshTokenOf(person));
        Assert.DoesNotContain("__Host-embedstack", browser.Cookies.Keys);
        browser.Cookies["__Host-embedstack"] = cookie;
        using var after = await browser.GetAsync("/bff/user");
        await after.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Single(await api.Database.QueryAsync("select 1 from shared.revocations where kind = 'session' and value = $1", session));
        Assert.Single(await api.Database.QueryAsync("select 1 from audit.events where kind = 'sign_out' and person = audit.person($1)", person.Subject));
    }
}
