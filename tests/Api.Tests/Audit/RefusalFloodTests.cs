using System.Net;
using System.Net.Http.Json;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

public sealed class RefusalFloodTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Requests = 200;
    private const int RowsPerMinute = 60;
    private const int MostSessions = 100;

    [Theory]
    [InlineData("/bff/signin?iss=https://elsewhere.example&code=x&state=x", null, HttpStatusCode.BadRequest, "invalid-issuer")]
    [InlineData("/api/dashboards", "Bearer nothing", HttpStatusCode.Unauthorized, "invalid-token")]
    public async Task WhoIsNobodyFillsNoAudit(string path, string? authorization, HttpStatusCode status, string reason)
    {
        using var nobody = api.NewBrowser();
        for (var i = 0; i < Requests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (authorization is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }

            using var answer = await nobody.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }

        // A minute may have begun anew in between. Both ways in share what a network may have written.
        var rows = await api.Database.QueryAsync("select 1 from audit.events where reason = $1", reason);
        Assert.True(rows.Count <= 2 * RowsPerMinute, $"{rows.Count} rows for {Requests} requests");
        Assert.NotEmpty(await api.Database.QueryAsync("select 1 from audit.events where outcome = 'refused'"));

        using var person = await api.SignInAsync(new TestPerson());
        using var mint = await person.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
    }

    [Fact]
    public async Task WhoSignsInWithoutEndMakesNoSessionsWithoutEnd()
    {
        var person = new TestPerson();
        for (var i = 0; i < Requests; i++)
        {
            using var browser = api.NewBrowser();
            using var answer = await browser.SignInAsync(api.Keycloak, person);
            Assert.Contains(answer.Headers.Location?.OriginalString, (string[])["/", "/?signin=failed"]);
        }

        Assert.InRange((await api.Database.QueryAsync("select 1 from api.sessions where subject = $1", person.Subject)).Count, 1, MostSessions);
        var rows = await api.Database.QueryAsync("select outcome from audit.events where kind = 'sign_in' and person = audit.person($1)", person.Subject);
        Assert.InRange(rows.Count(row => (string)row["outcome"]! == "allowed"), 1, 2 * RowsPerMinute);
        Assert.InRange(rows.Count(row => (string)row["outcome"]! == "refused"), 1, 2 * RowsPerMinute);
    }

    [Fact]
    public async Task OldestSessionOfTooManyEndsWithItsGuestTokens()
    {
        var person = new TestPerson();
        using var oldest = await api.SignInAsync(person);
        var session = (await api.Database.QueryAsync("select id::text from api.sessions where subject = $1", person.Subject))[0]["id"]!;
        await api.Database.ExecuteAsync(
            """
            insert into api.sessions (key_hash, id, subject, ticket, tokens, expires_at, created_at)
            select sha256(gen_random_uuid()::text::bytea), gen_random_uuid(), subject, ticket, tokens, expires_at, now()
            from api.sessions, generate_series(2, $2) where subject = $1
            """, person.Subject, MostSessions);

        using var newest = await api.SignInAsync(person);

        Assert.Equal(MostSessions, (await api.Database.QueryAsync("select 1 from api.sessions where subject = $1", person.Subject)).Count);
        Assert.Single(await api.Database.QueryAsync("select 1 from shared.revocations where kind = 'session' and value = $1", session));
        var row = Assert.Single(await api.Database.QueryAsync(
            "select reason, tenant, role from audit.events where kind = 'session_ended' and person = audit.person($1)", person.Subject));
        Assert.Equal(("too-many-sessions", "northside", "admin"), (row["reason"], row["tenant"], row["role"]));
        using var ended = await oldest.GetAsync("/bff/user");
        await ended.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        using var user = await newest.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
    }

    [Fact]
    public async Task WhoIsRefusedFillsNoAudit()
    {
        var person = new TestPerson { Roles = [] };
        using var browser = await api.SignInAsync(person);
        for (var i = 0; i < Requests; i++)
        {
            using var answer = await browser.GetAsync("/api/dashboards");
            await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "no-role");
        }

        var rows = await api.Database.QueryAsync("select 1 from audit.events where reason = 'no-role' and person = audit.person($1)", person.Subject);
        Assert.InRange(rows.Count, 1, 2 * RowsPerMinute);
    }

    [Theory]
    [InlineData("admin", "GET", "/api/admin/entitlements", "not-entitled")]
    [InlineData("admin", "DELETE", "/api/admin/revocations/person/nobody-of-theirs", "other-tenant")]
    [InlineData("staff", "GET", "/api/admin/revocations", "not-entitled")]
    [InlineData("staff", "GET", "/api/audit", "not-entitled")]
    [InlineData("admin", "POST", "/api/superset/guest-token", "unknown-dashboard")]
    [InlineData("admin", "POST", "/api/superset/guest-token?tenant=harbour", "other-tenant")]
    public async Task WhoseQuestionsAreNotTheirsFillsNoAudit(string role, string method, string path, string reason)
    {
        var person = new TestPerson { Roles = [role] };
        using var browser = await api.SignInAsync(person);
        for (var i = 0; i < Requests; i++)
        {
            using var answer = await AskAsync(browser, method, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.InRange(await CountAsync(person, reason), RowsPerMinute, 2 * RowsPerMinute);
    }

    [Fact]
    public async Task AttemptAtAnotherTenantIsNotHiddenBehindOtherRefusals()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        for (var i = 0; i < Requests; i++)
        {
            using var refused = await browser.GetAsync("/api/admin/entitlements");
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        using var attempt = await browser.GetAsync("/api/audit?tenant=harbour");
        await attempt.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(1, await CountAsync(person, "other-tenant"));
    }

    private static Task<HttpResponseMessage> AskAsync(Browser browser, string method, string path) => browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)
    {
        Headers = { { "X-CSRF", "1" } }, Content = method == "POST" ? JsonContent.Create(new { dashboard_key = "network" }) : null,
    });

    private async Task<int> CountAsync(TestPerson person, string reason) => (await api.Database.QueryAsync(
        "select 1 from audit.events where outcome = 'refused' and reason = $1 and person = audit.person($2)", reason, person.Subject)).Count;
}
