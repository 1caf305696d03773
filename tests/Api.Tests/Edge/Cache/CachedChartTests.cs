using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Charts through the whole edge: who is shown what was kept.</summary>
[Collection<ChartsThroughTheEdge>]
public sealed class CachedChartTests(ExchangeFixture api) : ChartTests(api)
{
    [Fact]
    public async Task ColleagueOfTheSameIdentityIsShownWhatWasKept()
    {
        var first = await AskAsync(new TestPerson());
        var second = await AskAsync(new TestPerson());
        Assert.Equal((1, 1, 1), (Asked, Row(first), Row(second)));
        Assert.Equal((false, true), (IsCached(first), IsCached(second)));
    }

    [Fact]
    public async Task OtherTenantsRolesStaffAndDashboardsAreAskedFor()
    {
        var persons = new[]
        {
            new TestPerson(),
            new TestPerson { Organizations = ["harbour"] },
            new TestPerson { Roles = ["clinician"], StaffId = "northside-001" },
            new TestPerson { Roles = ["clinician"], StaffId = "northside-002" },
        };
        foreach (var person in persons)
        {
            await AskAsync(person);
        }

        Assert.Equal(4, Asked);
        await AskAsync(new TestPerson(), ChartBodies.Recorded.Replace("\"dashboardId\":1", "\"dashboardId\":2", StringComparison.Ordinal), "appointments");
        Assert.Equal(5, Asked);
    }

    [Fact]
    public async Task DashboardThatTheTokenIsNotForIsNeverShownFromTheCache()
    {
        await AskAsync(new TestPerson(), dashboard: "clinic");
        await AskAsync(new TestPerson(), dashboard: "appointments");
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task QuestionsThatLookAlikeAreAskedEachAndForwardedAsTheyAreKept()
    {
        foreach (var (written, other) in new[] { ("Café", "Cafe\u0301"), ("Dermatology", "dermatology"), ("\"IN\"", "\"in\"") })
        {
            await AskAsync(new TestPerson(), ChartBodies.Recorded.Replace(written, other, StringComparison.Ordinal));
        }

        await AskAsync(new TestPerson());
        await AskAsync(new TestPerson(), ChartBodies.Recorded.Replace("Café", "Caf\\u00E9", StringComparison.Ordinal));
        await AskAsync(new TestPerson(), ChartBodies.Recorded.Replace("supersetColors", "lyftColors", StringComparison.Ordinal));
        Assert.Equal(4, Asked);
        Assert.Equal(ChartBodies.Canonical(ChartBodies.Recorded), Api.Superset.LastSeen!.Body);
    }

    [Fact]
    public async Task ParametersThatSupersetDoesNotReadMakeNoNewQuestionsOfMetadata()
    {
        var token = await Api.TokenAsync(new TestPerson());
        var before = Api.Superset.Seen;
        foreach (var query in new[] { "", "?x=1", "?x=2&_l_=en", "?_l_=en&y=" })
        {
            using var browser = Api.NewEmbedBrowser();
            using var request = browser.Request("GET", $"/api/v1/dashboard/1/charts{query}");
            request.Headers.Add("X-GuestToken", token);
            using var answer = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(before + 1, Api.Superset.Seen);
    }

    [Fact]
    public async Task SupersetThatIsAwayIsNotMissedForWhatWasKept()
    {
        var token = await Api.TokenAsync(new TestPerson());
        await AskAsync(token);
        Api.Superset.Away = true;
        try
        {
            Assert.Equal(1, Row(await AskAsync(token)));
        }
        finally
        {
            Api.Superset.Away = false;
        }
    }

    [Fact]
    public async Task WithdrawnTokenIsShownNothingAtTheNextRequest()
    {
        var person = new TestPerson();
        var token = await Api.TokenAsync(person);
        await AskAsync(token);
        var session = (Guid)(await Api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject)).Single()["id"]!;
        await Api.Service<RevocationStore>().RevokeSessionAsync(session, Cancellation);
        using var answer = await SendAsync(token, ChartBodies.Recorded);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Fact]
    public async Task FailureIsNotKept()
    {
        Api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        using var failed = await SendAsync(await Api.TokenAsync(new TestPerson()), ChartBodies.Recorded);
        await failed.AssertProblemAsync(HttpStatusCode.BadGateway, "superset-refused");
        Api.Superset.Answer = AnswerAsync;
        Assert.Equal(1, Row(await AskAsync(new TestPerson())));
    }

    [Fact]
    public async Task BrowserThatTakesBrotliGetsItAndOthersDoNot()
    {
        var token = await Api.TokenAsync(new TestPerson());
        await AskAsync(token);
        foreach (var (accepted, coding) in new[] { ("gzip, br;q=0.5", "br"), ("gzip, br;q=0", null), ("gzip", null), ("*", null) })
        {
            using var answer = await SendAsync(token, ChartBodies.Recorded, accepted);
            Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Equal("Accept-Encoding", answer.Headers.Vary.ToString());
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            await using var body = coding is null
                ? await answer.Content.ReadAsStreamAsync(Cancellation)
                : new System.IO.Compression.BrotliStream(await answer.Content.ReadAsStreamAsync(Cancellation), System.IO.Compression.CompressionMode.Decompress);
            Assert.True(IsCached((await JsonNode.ParseAsync(body, cancellationToken: Cancellation))!));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("[1")]
    public async Task WhatIsNoQuestionBreaksNothing(string body)
    {
        using var answer = await SendAsync(await Api.TokenAsync(new TestPerson()), body);
        Assert.InRange((int)answer.StatusCode, 200, 499);
    }
}
