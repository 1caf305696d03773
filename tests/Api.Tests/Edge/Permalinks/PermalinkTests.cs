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
    public async Task StateThatIsKeptIsFoundAgainThoughTheTenantHasTooMany()
    {
        var token = await api.TokenAsync(new TestPerson { Organizations = ["manly"] });
        var key = await MakeAsync(token);
        await api.Database.ExecuteAsync(
            "insert into api.permalinks (key, tenant, dashboard, state) select 'filling-' || n, 'manly', gen_random_uuid(), '{}' from generate_series(1, 10000) n");

        Assert.Equal(key, await MakeAsync(token));
        using var another = await SendAsync(token, "POST", "/api/v1/dashboard/1/permalink", """{"anchor":"another"}""");
        await another.AssertProblemAsync((HttpStatusCode)429, "too-many-requests");
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

    private async Task<string> MakeAsync(string token)
    {
        using var answer = await SendAsync(token, "POST", "/api/v1/dashboard/1/permalink", State);
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
