using System.Net;
using System.Text.Json;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Permalinks;

/// <summary>Permalinks are kept here, each tenant's its own, and Superset never hears of them.</summary>
public sealed class PermalinkTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    private const string State = """{"dataMask":{"NATIVE_FILTER-1":{"filterState":{"value":["é",12345678901234567890.10]}}},"activeTabs":["TAB-2"],"urlParams":[["a",null]],"anchor":null,"chartStates":{}}""";

    [Fact]
    public async Task StateComesBackAsItWas()
    {
        var token = await api.TokenAsync(new TestPerson());
        var before = api.Superset.LastSeen;
        var key = await MakeAsync(token);
        using var answer = await FindAsync(token, key);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var found = await answer.JsonAsync();
        Assert.Equal("aaaaaaaa-0000-4000-8000-000000000001", found.GetProperty("dashboardId").GetString());
        Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(State), found.GetProperty("state")), found.GetRawText());
        Assert.Contains("12345678901234567890.10", found.GetRawText(), StringComparison.Ordinal);
        Assert.Same(before, api.Superset.LastSeen);
    }

    [Fact]
    public async Task ColleagueOpensItAndAnotherTenantDoesNot()
    {
        var key = await MakeAsync(await api.TokenAsync(new TestPerson()));

        using var colleagues = await FindAsync(await api.TokenAsync(new TestPerson()), key);
        Assert.Equal(HttpStatusCode.OK, colleagues.StatusCode);

        using var others = await FindAsync(await api.TokenAsync(new TestPerson { Organizations = ["harbour"] }), key);
        await others.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");

        using var otherDashboards = await FindAsync(await api.TokenAsync(new TestPerson(), "appointments"), key);
        await otherDashboards.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task SameStateOfTwoTenantsIsTwoPermalinks()
    {
        var own = await MakeAsync(await api.TokenAsync(new TestPerson()));
        Assert.Equal(own, await MakeAsync(await api.TokenAsync(new TestPerson())));
        Assert.NotEqual(own, await MakeAsync(await api.TokenAsync(new TestPerson { Organizations = ["harbour"] })));
    }

    [Fact]
    public async Task NobodyMakesThemWithoutEnd()
    {
        var token = await api.TokenAsync(new TestPerson());
        HttpResponseMessage? last = null;
        for (var made = 0; made <= 30; made++)
        {
            last?.Dispose();
            last = await SendAsync(token, "POST", "/api/v1/dashboard/1/permalink", $$"""{"anchor":"{{made}}"}""");
        }

        await last!.AssertProblemAsync((HttpStatusCode)429, "too-many-requests");
        using var others = await SendAsync(await api.TokenAsync(new TestPerson()), "POST", "/api/v1/dashboard/1/permalink", State);
        Assert.Equal(HttpStatusCode.Created, others.StatusCode);
    }

    [Fact]
    public async Task WhoMakesManyGivesUpWhatThatPersonHasNotUsedForLongest()
    {
        var (person, colleague) = (new TestPerson { Organizations = ["manly"] }, new TestPerson { Organizations = ["manly"] });
        var (token, others) = (await api.TokenAsync(person), await MakeAsync(await api.TokenAsync(colleague), """{"anchor":"of the colleague"}"""));
        await FillAsync("manly", person.Subject, 500);

        var made = await MakeAsync(token, """{"anchor":"the next"}""");

        Assert.Equal(500, await CountAsync("subject = $1", person.Subject));
        Assert.Equal(1, await CountAsync("key = $1", made));
        Assert.Equal(1, await CountAsync("key = $1", others));
        Assert.Equal((0, 1), (await CountAsync("key = $1", $"{person.Subject} 500"), await CountAsync("key = $1", $"{person.Subject} 499")));

        Assert.Equal(made, await MakeAsync(token, """{"anchor":"the next"}"""));
        Assert.Equal(500, await CountAsync("subject = $1", person.Subject));
    }

    [Fact]
    public async Task WhereATenantHasNoRoomLeftWhoHasMostMakesIt()
    {
        var person = new TestPerson { Organizations = ["hurstville"] };
        var token = await api.TokenAsync(person);
        var own = await MakeAsync(token);
        await FillAsync("hurstville", "who has many", 400);
        await FillAsync("hurstville", "who has most", 9_599);

        var another = await MakeAsync(token, """{"anchor":"another"}""");

        Assert.Equal(10_000, await CountAsync("tenant = 'hurstville'"));
        Assert.Equal((2, 400, 9_598), (
            await CountAsync("subject = $1", person.Subject), await CountAsync("subject = 'who has many'"), await CountAsync("subject = 'who has most'")));
        Assert.Equal(own, await MakeAsync(token));
        using var found = await FindAsync(token, another);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Fact]
    public async Task ErasedPersonsPermalinksAreNobodys()
    {
        var person = new TestPerson { Organizations = ["harbour"] };
        var key = await MakeAsync(await api.TokenAsync(person), """{"anchor":"of whom?"}""");
        await api.Database.ExecuteAsync("select api.forget_person($1)", person.Subject);
        Assert.Equal((1, 0), (await CountAsync("key = $1", key), await CountAsync("subject = $1", person.Subject)));
        Assert.Equal(
            0L, (await api.Database.QueryAsync("select remaining from api.remembered('nobody', $1) where place = 'permalinks'", (object)new[] { person.Subject })).Single()["remaining"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"dataMask":[]}""")]
    [InlineData("""{"dataMask":{},"dataMask":{}}""")]
    [InlineData("""{"sql":"select 1"}""")]
    public async Task WhatIsNoStateIsMalformed(string body)
    {
        using var answer = await SendAsync(await api.TokenAsync(new TestPerson()), "POST", "/api/v1/dashboard/1/permalink", body);
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task DashboardOfNobodysTokenIsNotThere()
    {
        var token = await api.TokenAsync(new TestPerson());
        using var answer = await SendAsync(token, "POST", "/api/v1/dashboard/2/permalink", State);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");

        using var large = await SendAsync(token, "POST", "/api/v1/dashboard/1/permalink", $$$"""{"dataMask":{"x":"{{{new string('y', 40_000)}}}"}}""");
        await large.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    // The first was used last.
    private Task FillAsync(string tenant, string subject, int count) => api.Database.ExecuteAsync(
        """
        insert into api.permalinks (key, tenant, dashboard, state, subject, used_at)
        select $2 || ' ' || n, $1, gen_random_uuid(), '{}', $2, now() - n * interval '1 minute' from generate_series(1, $3) n
        """,
        tenant, subject, count);

    private async Task<int> CountAsync(string which, params object[] values) => (await api.Database.QueryAsync($"select 1 from api.permalinks where {which}", values)).Count;

    private async Task<string> MakeAsync(string token, string state = State)
    {
        using var answer = await SendAsync(token, "POST", "/api/v1/dashboard/1/permalink", state);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.JsonAsync();
        var key = made.GetProperty("key").GetString()!;
        Assert.Equal($"{ApiFixture.EmbedOrigin}/superset/dashboard/p/{key}/", made.GetProperty("url").GetString());
        return key;
    }

    private Task<HttpResponseMessage> FindAsync(string token, string key) => SendAsync(token, "GET", $"/api/v1/dashboard/permalink/{key}");

    private async Task<HttpResponseMessage> SendAsync(string token, string method, string target, string? body = null)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request(method, target);
        request.Headers.Add("X-GuestToken", token);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await browser.SendAsync(request);
    }
}
