using System.Net;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Audit.Reading;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

public sealed class ReadingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static TestPerson Leader => new() { Organizations = ["lakeland"], Roles = ["network"] };

    [Fact]
    public async Task AdministratorsReadTheirOwnTenantAndLeadershipAll()
    {
        using var northside = await api.SignInAsync(new TestPerson());
        using var harbour = await api.SignInAsync(new TestPerson { Organizations = ["harbour"] });
        using var leader = await api.SignInAsync(Leader);

        Assert.Equal(["northside"], await TenantsAsync(northside, ""));
        Assert.Equal(["northside"], await TenantsAsync(northside, "?tenant=northside"));
        Assert.Equal(["harbour"], await TenantsAsync(harbour, ""));
        Assert.Equal(["harbour"], await TenantsAsync(leader, "?tenant=harbour"));
        Assert.Superset(new HashSet<string?> { "harbour", "northside", "lakeland" }, (await TenantsAsync(leader, "")).ToHashSet());
    }

    [Theory]
    [InlineData("northside", "admin", "?tenant=harbour", "other-tenant")]
    [InlineData("northside", "staff", "", "not-entitled")]
    public async Task OthersFindNothingAndItIsAudited(string tenant, string role, string query, string reason)
    {
        foreach (var path in new[] { "/api/audit", "/api/audit.csv" })
        {
            var person = new TestPerson { Organizations = [tenant], Roles = [role] };
            using var browser = await api.SignInAsync(person);
            using var answer = await browser.GetAsync(path + query);
            await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
            Assert.Single(await api.Database.QueryAsync(
                "select 1 from audit.events where kind = 'access' and outcome = 'refused' and reason = $2 and person = audit.person($1)", person.Subject, reason));
        }
    }

    [Fact]
    public async Task NobodyWithoutASessionReadsIt()
    {
        using var browser = api.NewBrowser();
        foreach (var path in new[] { "/api/audit", "/api/audit.csv", "/api/audit/verification" })
        {
            using var answer = await browser.GetAsync(path);
            await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        }
    }

    [Fact]
    public async Task PagesFollowOneAnotherWithoutGapOrRepetition()
    {
        var subject = Guid.NewGuid().ToString();
        await WriteAsync(25, subject);
        using var leader = await api.SignInAsync(Leader);
        var (seen, query) = (new List<string>(), $"?person={subject}&limit=7");
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await leader.GetJsonAsync($"/api/audit{query}{cursor}");
            seen.AddRange(page.GetProperty("events").EnumerateArray().Select(row => row.GetProperty("correlation_id").GetString()!));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : null;
            await WriteAsync(1, subject); // what comes meanwhile stands before the first page
        }

        Assert.Equal(25, seen.Count);
        Assert.Equal(25, seen.Distinct().Count());
    }

    [Fact]
    public async Task FiltersNarrow()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var minted = await browser.MintAsync("clinic");
        using var refused = await browser.MintAsync("network");
        var all = $"?person={person.Subject}";

        Assert.Equal(["mint", "mint", "sign_in"], await ReadAsync(browser, all, "kind"));
        Assert.Equal(["mint", "mint"], await ReadAsync(browser, all + "&kind=mint", "kind"));
        Assert.Equal(["unknown-dashboard"], await ReadAsync(browser, all + "&outcome=refused", "reason"));
        Assert.Equal(["allowed"], await ReadAsync(browser, all + "&dashboard=clinic", "outcome"));
        Assert.Empty(await ReadAsync(browser, all + "&to=2026-01-01", "kind"));
        Assert.Empty(await ReadAsync(browser, all + "&from=2199-01-01", "kind"));
        Assert.Equal(3, (await ReadAsync(browser, all + "&from=2026-01-01T00:00:00Z", "kind")).Count);
        Assert.Empty(await ReadAsync(browser, $"?person={Guid.NewGuid()}", "kind"));
    }

    [Fact]
    public async Task WhatGuestsWereShownIsReadWithItsKindByWhoMayReadTheTenants()
    {
        const string Insert = """
            insert into audit.data_access (day, instance, segment, position, at, tenant, role, way, dashboard, dataset, chart, rows, source, outcome, reason)
            select (now() at time zone 'UTC')::date, $1, 1, number, now() - number * interval '1 second', $2, 'admin', 'chart', 'clinic', 'appointments', 'by_month',
                case when number = 0 then null else number end, case when number = 0 then null else 'memory' end,
                case when number = 0 then 'refused' else 'allowed' end, case when number = 0 then 'forbidden' end
            from generate_series(0, 4) number
            """;
        await api.Database.ExecuteAsync(Insert, Guid.NewGuid(), "northside");
        await api.Database.ExecuteAsync(Insert, Guid.NewGuid(), "harbour");
        using var browser = await api.SignInAsync(new TestPerson());
        using var leader = await api.SignInAsync(Leader);

        Assert.Equal(
            ["forbidden", "chart by_month 1 rows memory", "chart by_month 2 rows memory", "chart by_month 3 rows memory", "chart by_month 4 rows memory"],
            await ReadAsync(browser, "?kind=data_access", "reason"));
        Assert.Equal(["northside"], (await ReadAsync(browser, "?kind=data_access", "tenant")).Distinct());
        Assert.Equal(["forbidden"], await ReadAsync(browser, "?kind=data_access&outcome=refused", "reason"));
        Assert.Equal(["harbour", "northside"], (await ReadAsync(leader, "?kind=data_access&dashboard=clinic", "tenant")).Distinct().Order());
        Assert.DoesNotContain("data_access", await ReadAsync(browser, "", "kind"));

        var page = await browser.GetJsonAsync("/api/audit?kind=data_access&limit=3");
        var next = await browser.GetJsonAsync($"/api/audit?kind=data_access&limit=3&cursor={page.GetProperty("next").GetString()}");
        Assert.Equal((3, 2), (page.GetProperty("events").GetArrayLength(), next.GetProperty("events").GetArrayLength()));
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("from=0001-01-01")]
    [InlineData("to=9999-12-31")]
    [InlineData("from=2026-02-01&to=2026-01-01")]
    [InlineData("kind=Mint%27--")]
    [InlineData("kind=mint&kind=access")]
    [InlineData("outcome=maybe")]
    [InlineData("person=%00")]
    [InlineData("dashboard=a%20b")]
    [InlineData("tenant=")]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=99999999999")]
    [InlineData("limit=%2B1")]
    [InlineData("cursor=x")]
    [InlineData("cursor=AAAA")]
    [InlineData("cursor=%F0%9F%98%80")]
    [InlineData("cursor=________________________________________________")]
    [InlineData("knid=mint")]
    public async Task BadFilterIsSaidSo(string query)
    {
        using var leader = await api.SignInAsync(Leader);
        using var answer = await leader.GetAsync($"/api/audit?{query}");
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Theory]
    [InlineData("from=2026-01-01&to=2025-01-01")]
    [InlineData("from=2020-01-01&to=2026-01-01")]
    [InlineData("from=x")]
    public async Task BadRangeOfAVerificationIsSaidSo(string query)
    {
        using var leader = await api.SignInAsync(Leader);
        using var answer = await leader.GetAsync($"/api/audit/verification?{query}");
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task ExportHoldsEveryRowAsTextAndIsAudited()
    {
        var subject = Guid.NewGuid().ToString();
        await WriteAsync(1100, subject, "=HYPERLINK(\"http://evil.example\",\"x\")\r\n@next");
        var leader = Leader;
        using var browser = await api.SignInAsync(leader);
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/audit?person={subject}") { Headers = { { "Accept", "text/csv" } } };
        using var negotiated = await browser.SendAsync(asked);
        using var named = await browser.GetAsync($"/api/audit.csv?person={subject}");

        foreach (var answer in new[] { negotiated, named })
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1100, text.Split("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\r\n@next\"").Length - 1);
            Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await api.Database.QueryAsync(
            "select 1 from audit.events where kind = 'audit_export' and outcome = 'allowed' and person = audit.person($1)", leader.Subject)).Count);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    public void CellIsNoFormula(string? text, string cell) => Assert.Equal(cell, AuditCsv.Cell(text));

    private Task WriteAsync(int count, string subject, string? agent = null) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => api.Service<AuditLog>().WriteAsync(
        new AuditEvent(AuditKind.Access, true) { Subject = subject, Tenant = "northside", UserAgent = agent, CorrelationId = $"{Guid.NewGuid():N}" },
        TestContext.Current.CancellationToken)));

    private static async Task<List<string?>> TenantsAsync(Browser browser, string query) => [.. (await ReadAsync(browser, query, "tenant")).Distinct()];

    private static async Task<List<string?>> ReadAsync(Browser browser, string query, string member) =>
        [.. (await browser.GetJsonAsync($"/api/audit{query}")).GetProperty("events").EnumerateArray().Select(row => row.GetProperty(member).GetString())];
}
