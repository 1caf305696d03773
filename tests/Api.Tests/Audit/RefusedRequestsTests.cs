using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

/// <summary>What is refused before anything of ours decides leaves a row as well.</summary>
public sealed class RefusedRequestsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Mint = "/api/superset/guest-token";
    private const string Json = "application/json";

    [Theory]
    [InlineData("{", Json, HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("", Json, HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("{\"dashboard_key\":\"../clinic\"}", Json, HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("{\"dashboard_keys\":[]}", Json, HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("too long", Json, HttpStatusCode.RequestEntityTooLarge, "too-large")]
    public async Task MalformedRequestOfAPersonLeavesARow(string body, string type, HttpStatusCode status, string slug)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var request = new HttpRequestMessage(HttpMethod.Post, Mint)
        {
            Content = new StringContent(body == "too long" ? $"\"{new string('x', 9_000)}\"" : body, Encoding.UTF8, type),
            Headers = { { "X-CSRF", "1" }, { "User-Agent", "refused-requests" } },
        };
        request.Headers.ConnectionClose = true;
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(status, slug);

        var row = Assert.Single(await api.Database.QueryAsync(
            "select * from audit.events where outcome = 'refused' and person = audit.person($1)", person.Subject));
        Assert.Equal(("access", slug, "northside", "admin"), (row["kind"], row["reason"], row["tenant"], row["role"]));
    }

    // Routing refuses it before anybody asks who it is: the row has the address alone.
    [Fact]
    public async Task BodyOfAnotherTypeLeavesARow()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var request = new HttpRequestMessage(HttpMethod.Post, Mint) { Content = new StringContent("<x/>", Encoding.UTF8, "text/xml"), Headers = { { "X-CSRF", "1" } } };
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.Equal(1, await CountAsync("unsupported-media-type"));
    }

    [Theory]
    [InlineData("POST", "/api/admin/revocations", "{\"kind\":\"nothing\"}", HttpStatusCode.BadRequest, "invalid-revocation")]
    [InlineData("PUT", "/api/admin/entitlements", "{\"entitlements\":[]}", (HttpStatusCode)428, "precondition-required")]
    [InlineData("POST", "/api/admin/revocations", "{\"kind\":\"tenant\",\"value\":\"lakeland\"}", HttpStatusCode.Conflict, "would-lock-out")]
    [InlineData("GET", "/api/audit?limit=many", null, HttpStatusCode.BadRequest, "malformed-request")]
    public async Task LeadershipsOwnMistakesLeaveARowEach(string method, string path, string? body, HttpStatusCode status, string slug)
    {
        var person = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(person);
        using var answer = await SendAsync(leader, method, path, body);
        await answer.AssertProblemAsync(status, slug);
        var row = Assert.Single(await api.Database.QueryAsync(
            "select * from audit.events where outcome = 'refused' and person = audit.person($1)", person.Subject));
        Assert.Equal(("access", slug, "lakeland"), (row["kind"], row["reason"], row["tenant"]));
    }

    [Fact]
    public async Task WrongOperatorsKeyLeavesARow()
    {
        var before = await CountAsync("not-found");
        using var nobody = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{api.Api.Port}") };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/operator/warm-up")
        {
            Headers = { { "Host", OperatorRoutes.Host }, { "X-EmbedStack-Operator", "a key of somebody else's" } },
        };
        using var answer = await nobody.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(before + 1, await CountAsync("not-found"));
    }

    [Fact]
    public async Task WhoShowsNothingLeavesARowAndThePagesQuestionDoesNot()
    {
        using var nobody = api.NewBrowser();
        var before = await CountAsync("not-signed-in");
        using var asked = await nobody.GetAsync("/bff/user");
        await asked.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(before, await CountAsync("not-signed-in"));
        using var minted = await nobody.MintAsync("clinic");
        await minted.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(before + 1, await CountAsync("not-signed-in"));
    }

    [Theory]
    [InlineData("DELETE", "/api/admin/revocations/tenant/harbour", "revocation")]
    [InlineData("DELETE", "/api/admin/revocations/person/nobody-at-all", "revocation")]
    [InlineData("DELETE", "/api/audit/persons/nobody-at-all", "erasure")]
    [InlineData("POST", "/api/admin/tenants/no-such-tenant/disable", "revocation")]
    [InlineData("POST", "/api/admin/revocations", "revocation", "{\"kind\":\"tenant\",\"value\":\"no-such-tenant\"}")]
    public async Task WhatThereIsNotToDoIsNotAuditedAsDone(string method, string path, string kind, string? body = null)
    {
        var person = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(person);
        using var answer = await SendAsync(leader, method, path, body);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        var row = Assert.Single(await api.Database.QueryAsync(
            "select * from audit.events where kind <> 'sign_in' and person = audit.person($1)", person.Subject));
        Assert.Equal((kind, "refused", "not-found"), (row["kind"], row["outcome"], row["reason"]));
    }

    [Fact]
    public async Task RefusalsAtTheEmbedAndTheAuthorsOriginLeaveRowsAndFillNoAudit()
    {
        using var embed = api.NewEmbedBrowser();
        for (var i = 0; i < 200; i++)
        {
            using var refused = await embed.PostAsync("/api/v1/chart/data", new { });
            await refused.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
        }

        Assert.InRange((await api.Database.QueryAsync(
            "select 1 from audit.events where kind = 'data_access' and outcome = 'refused' and reason = 'no-guest-token'")).Count, 1, 120);
        using var authors = api.NewAuthorsBrowser();
        var before = await CountAsync("forbidden");
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        try
        {
            using var forbidden = await authors.GetAsync("/explore/?slice_id=3");
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        }
        finally
        {
            api.Superset.Answer = null;
        }

        Assert.Equal(before + 1, await CountAsync("forbidden"));
    }

    [Fact]
    public async Task RefusedOnceIsAuditedOnce()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var unknown = await browser.MintAsync("network");
        using var hidden = await browser.GetAsync("/api/admin/entitlements");
        using var forged = await browser.PostAsync(Mint, new { dashboard_key = "clinic" }, csrf: false);
        await forged.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");
        var rows = await api.Database.QueryAsync(
            "select correlation_id from audit.events where outcome = 'refused' and correlation_id is not null");
        Assert.Equal(rows.Count, rows.Select(row => row["correlation_id"]).Distinct().Count());
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser browser, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "X-CSRF", "1" } } };
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(Json));
        return await browser.SendAsync(request);
    }

    private async Task<int> CountAsync(string reason) =>
        (await api.Database.QueryAsync("select 1 from audit.events where reason = $1", reason)).Count;
}
