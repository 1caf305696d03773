using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>What Keycloak says about a session counts, within bounded time.</summary>
public sealed class KeycloakVerdictTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task PersonDisabledAtKeycloakIsOutAfterTenSeconds()
    {
        var person = new TestPerson();
        using var browser = await SignedInAsync(person);
        person.Active = false;

        using var cached = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, cached.StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var answer = await browser.GetAsync("/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Empty(await api.Database.QueryAsync("select 1 from api.sessions where subject = $1", person.Subject));
        Assert.Single(await api.Database.QueryAsync("select 1 from audit.events where kind = 'session_ended' and person = audit.person($1)", person.Subject));
    }

    // Keycloak leaves the token of a disabled organization's member active and takes the tenant out of it, or answers 400.
    [Fact]
    public async Task MembershipThatWasTakenAwayCountsNoMoreAfterTenSeconds()
    {
        var person = new TestPerson();
        using var browser = await SignedInAsync(person);
        person.Organizations = [];

        using var cached = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, cached.StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var mint = await browser.MintAsync("clinic");
        await mint.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        using var again = await api.SignInAsync(person);
        using var refused = await again.MintAsync("clinic");
        await refused.AssertProblemAsync(HttpStatusCode.Forbidden, "no-tenant");
    }

    // Pages that ask for nothing go on reading by the guest tokens that they have.
    [Theory]
    [InlineData("inactive")]
    [InlineData("changed")]
    public async Task WhatKeycloakTookEndsAllSessionsOfThePersonAndTheirGuestTokens(string reason)
    {
        var person = new TestPerson { Roles = ["staff"], Region = "nsw" };
        var elsewhere = person.AtAnotherBrowser();
        using var browser = await SignedInAsync(person);
        using var silent = await SignedInAsync(elsewhere);
        using var minted = await silent.MintAsync("appointments");
        Assert.Equal(HttpStatusCode.OK, minted.StatusCode);
        var sessions = await SessionsAsync(person);
        foreach (var one in (TestPerson[])[person, elsewhere])
        {
            (one.Active, one.Region) = reason == "inactive" ? (false, "nsw") : (true, "vic");
        }

        api.Clock.Advance(TimeSpan.FromSeconds(10));

        using var answer = await browser.GetAsync("/bff/user");

        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(2, sessions.Count);
        await Eventually.TrueAsync("the other one is over too", async () => (await SessionsAsync(person)).Count == 0);
        Assert.Equal(2, (await api.Database.QueryAsync(
            "select 1 from shared.revocations where kind = 'session' and revoked_at >= now() and value = any ($1)", (object)sessions.ToArray())).Count);
        await Eventually.TrueAsync("each has a row", async () => (await EndsAsync(person)).Count == 2);
        var rows = await EndsAsync(person);
        Assert.All(rows, row => Assert.Equal((reason, "northside", "staff"), (row["reason"], row["tenant"], row["role"])));
        Assert.Equal(2, rows.Select(row => row["session"]).Distinct().Count());
    }

    // Keycloak ends single sign-ins by itself, at their own limits: that says nothing of the person.
    [Theory]
    [InlineData(290, "its token is renewed no more")]
    [InlineData(10, "it is vouched for no more")]
    public async Task SessionThatIsOverAtKeycloakEndsAlone(int later, string because)
    {
        var laptop = new TestPerson();
        var phone = laptop.AtAnotherBrowser();
        using var first = await SignedInAsync(laptop);
        var over = Assert.Single(await SessionsAsync(laptop));
        using var second = await SignedInAsync(phone);
        using var minted = await second.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, minted.StatusCode);
        var other = Assert.Single((await SessionsAsync(laptop)).Except([over]));
        laptop.RefreshAllowed = laptop.Active = false;
        api.Clock.Advance(TimeSpan.FromSeconds(later));
        var asked = api.Keycloak.Introspections + (later > 200 ? 0 : 1);

        using var answer = await first.GetAsync("/bff/user");

        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        await Eventually.TrueAsync($"the other one is asked about where {because}", () => Task.FromResult(api.Keycloak.Introspections > asked));
        using var still = await second.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.Equal([other], await SessionsAsync(laptop));
        Assert.Equal([over], (await api.Database.QueryAsync(
            "select value from shared.revocations where kind = 'session' and value = any ($1)", (object)new[] { over, other })).Select(row => row["value"]));
        Assert.Equal("inactive", Assert.Single(await EndsAsync(laptop))["reason"]);
    }

    // The other instance has asked about its session a moment ago, and would let it in for ten seconds more.
    [Fact]
    public async Task PersonDisabledAtKeycloakIsOutOfAllInstancesOnceOneHasHeardOfIt()
    {
        var laptop = new TestPerson();
        var phone = laptop.AtAnotherBrowser();
        await using var instance = api.StartInstance();
        using var first = await SignedInAsync(laptop);
        using var second = ApiFixture.NewBrowser(instance);
        using (await second.SignInAsync(api.Keycloak, phone))
        {
            api.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        using var fresh = await second.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
        laptop.Active = phone.Active = false;
        using var kept = await second.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);

        using var answer = await first.GetAsync("/bff/user");

        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        await Eventually.TrueAsync("the other one is over though nobody has used it", async () => (await SessionsAsync(laptop)).Count == 0);
        using var refused = await second.GetAsync("/bff/user");
        await refused.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task SessionsAreAskedAboutAgainWhereKeycloakWasAwayForTheOthers()
    {
        var laptop = new TestPerson();
        var phone = laptop.AtAnotherBrowser();
        using var first = await SignedInAsync(laptop);
        using var silent = await SignedInAsync(phone);
        laptop.Active = phone.Active = false;
        api.Keycloak.AwayFor = phone;
        try
        {
            api.Clock.Advance(TimeSpan.FromSeconds(10));
            var asked = api.Keycloak.Introspections + 1;
            using var answer = await first.GetAsync("/bff/user");
            await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
            await Eventually.TrueAsync("the other one was asked about in vain", () => Task.FromResult(api.Keycloak.Introspections > asked));
            Assert.Single(await SessionsAsync(laptop));
        }
        finally
        {
            api.Keycloak.AwayFor = null;
        }

        await Eventually.TrueAsync("the other one is over too", async () => (await SessionsAsync(laptop)).Count == 0);
    }

    [Fact]
    public async Task OrganizationDisabledAtKeycloakEndsItsMembersSessionsAfterTenSeconds()
    {
        var person = new TestPerson();
        using var browser = await SignedInAsync(person);
        person.OrganizationEnabled = false;

        using var cached = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, cached.StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var mint = await browser.MintAsync("clinic");
        await mint.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    // What it answers where its database's connection breaks is what it answers of a disabled organization's member.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task KeycloakThatStumblesEndsNoSession(int times)
    {
        var person = new TestPerson();
        using var browser = await SignedInAsync(person);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        api.Keycloak.Stumbles = times;
        var before = api.Keycloak.Introspections;

        using var answer = await browser.GetAsync("/bff/user");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before + times + 1, api.Keycloak.Introspections);
        Assert.Empty(await EndsAsync(person));
    }

    [Fact]
    public async Task PersonMovedToAnotherTenantSeesItAfterTenSeconds()
    {
        var person = new TestPerson();
        using var browser = await SignedInAsync(person);
        person.Organizations = ["harbour"];
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var ended = await browser.GetAsync("/bff/user");
        await ended.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        using var again = await api.SignInAsync(person);
        using var answer = await again.GetAsync("/bff/user");
        Assert.Equal("harbour", (await answer.JsonAsync()).GetProperty("tenant").GetProperty("key").GetString());
    }

    [Fact]
    public async Task LastVerdictHoldsForAMinuteWhileKeycloakIsAway()
    {
        using var browser = await SignedInAsync(new TestPerson());
        api.Keycloak.Away = true;
        try
        {
            api.Clock.Advance(TimeSpan.FromSeconds(50));
            using var held = await browser.GetAsync("/bff/user");
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
            api.Clock.Advance(TimeSpan.FromSeconds(10));
            using var answer = await browser.GetAsync("/bff/user");
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "identity-unavailable");
        }
        finally
        {
            api.Keycloak.Away = false;
        }

        using var back = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task AnswerThatIsNotKeycloaksEndsNoSession(int status)
    {
        using var browser = await SignedInAsync(new TestPerson());
        foreach (var later in new[] { 270, 15 })
        {
            api.Clock.Advance(TimeSpan.FromSeconds(later)); // first the verdict, then the token has to be renewed
            api.Keycloak.BetweenUs = status;
            try
            {
                using var answer = await browser.GetAsync("/bff/user");
                Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
            }
            finally
            {
                api.Keycloak.BetweenUs = null;
            }

            api.Clock.Advance(TimeSpan.FromSeconds(6));
            using var back = await browser.GetAsync("/bff/user");
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        }
    }

    [Fact]
    public async Task TokenThatRanOutWhileKeycloakIsAwayDoesNotEndTheSession()
    {
        using var browser = await SignedInAsync(new TestPerson());
        api.Clock.Advance(TimeSpan.FromSeconds(270));
        using (var before = await browser.GetAsync("/bff/user"))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        api.Keycloak.Away = true;
        try
        {
            api.Clock.Advance(TimeSpan.FromSeconds(40));
            using var held = await browser.GetAsync("/bff/user");
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        }
        finally
        {
            api.Keycloak.Away = false;
        }

        using var back = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task SignOutWorksWhileKeycloakIsAway()
    {
        var person = new TestPerson();
        using var browser = await SignedInAsync(person);
        api.Keycloak.Away = true;
        try
        {
            api.Clock.Advance(TimeSpan.FromMinutes(10));
            using var answer = await browser.PostAsync("/bff/logout");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            api.Keycloak.Away = false;
        }

        Assert.Empty(await api.Database.QueryAsync("select 1 from api.sessions where subject = $1", person.Subject));
    }

    [Fact]
    public async Task TwentyRequestsAtExpiryOnTwoInstancesRefreshOnce()
    {
        using var first = await SignedInAsync(new TestPerson());
        await using var instance = api.StartInstance();
        using var second = ApiFixture.NewBrowser(instance);
        second.Cookies["__Host-embedstack"] = first.Cookies["__Host-embedstack"];
        var before = api.Keycloak.Refreshes;
        api.Clock.Advance(TimeSpan.FromSeconds(290));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first : second).GetAsync("/bff/user")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(before + 1, api.Keycloak.Refreshes);
    }

    [Fact]
    public async Task RefusedRefreshEndsTheSession()
    {
        var person = new TestPerson { RefreshAllowed = false };
        using var browser = await SignedInAsync(person);
        api.Clock.Advance(TimeSpan.FromSeconds(290));
        using var answer = await browser.GetAsync("/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task ParallelRequestsAskKeycloakOnce()
    {
        using var browser = await SignedInAsync(new TestPerson());
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        var before = api.Keycloak.Introspections;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.GetAsync("/bff/user")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(before + 1, api.Keycloak.Introspections);
    }

    private Task<List<Dictionary<string, object?>>> EndsAsync(TestPerson person) => api.Database.QueryAsync(
        "select reason, tenant, role, session from audit.events where kind = 'session_ended' and person = audit.person($1)", person.Subject);

    private async Task<List<string>> SessionsAsync(TestPerson person) =>
        [.. (await api.Database.QueryAsync("select id::text from api.sessions where subject = $1", person.Subject)).Select(row => (string)row["id"]!)];

    private async Task<Browser> SignedInAsync(TestPerson person)
    {
        var browser = await api.SignInAsync(person);
        using var answer = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return browser;
    }
}
