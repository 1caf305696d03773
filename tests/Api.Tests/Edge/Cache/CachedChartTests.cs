using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Charts through the whole edge: who is shown what was kept, and what is written down about it.</summary>
public sealed class CachedChartTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>, IAsyncLifetime
{
    private int _asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api.Superset.Answer = AnswerAsync;
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        await Eventually.TrueAsync("the cache knows the catalogue", () =>
            Task.FromResult(api.Service<CacheFactsSource>().Current?.Dashboard(1) == "clinic"));
    }

    public ValueTask DisposeAsync()
    {
        api.Superset.Answer = null;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ColleagueOfTheSameIdentityIsShownWhatWasKept()
    {
        var first = await AskAsync(new TestPerson());
        var second = await AskAsync(new TestPerson());
        Assert.Equal((1, 1, 1), (_asked, Row(first), Row(second)));
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

        Assert.Equal(4, _asked);
        await AskAsync(new TestPerson(), ChartBodies.Recorded.Replace("\"dashboardId\":1", "\"dashboardId\":2", StringComparison.Ordinal), "appointments");
        Assert.Equal(5, _asked);
    }

    [Fact]
    public async Task DashboardThatTheTokenIsNotForIsNeverShownFromTheCache()
    {
        await AskAsync(new TestPerson(), dashboard: "clinic");
        await AskAsync(new TestPerson(), dashboard: "appointments");
        Assert.Equal(2, _asked);
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
        Assert.Equal(4, _asked);
        Assert.Equal(ChartBodies.Canonical(ChartBodies.Recorded), api.Superset.LastSeen!.Body);
    }

    [Fact]
    public async Task ReseedShowsNewRows()
    {
        var before = Row(await AskAsync(new TestPerson()));
        var version = api.Service<CacheFactsSource>().Current!.DataVersion;
        await api.Database.ExecuteAsync(
            "insert into shared.data_version (name) values ('clinic') on conflict (name) do update set version = data_version.version + 1, changed_at = now()");
        await Eventually.TrueAsync("the new version is seen", () => Task.FromResult(api.Service<CacheFactsSource>().Current!.DataVersion != version));
        Assert.NotEqual(before, Row(await AskAsync(new TestPerson())));
    }

    [Fact]
    public async Task ForceAsksAnewAndSaysSo()
    {
        await AskAsync(new TestPerson());
        var forced = await AskAsync(new TestPerson(), ChartBodies.Recorded.Replace("\"force\":false,\"queries\"", "\"force\":true,\"queries\"", StringComparison.Ordinal));
        Assert.Equal((2, false), (Row(forced), IsCached(forced)));
        Assert.True(JsonNode.Parse(api.Superset.LastSeen!.Body)!["force"]!.GetValue<bool>());
        Assert.Equal(2, Row(await AskAsync(new TestPerson())));
    }

    [Fact]
    public async Task DropReachesWhatSupersetKeepsItself()
    {
        var row = 1;
        api.Superset.Answer = context =>
        {
            // As Superset's data cache: it answers what it has, unless it is asked past it.
            var isForced = JsonNode.Parse(api.Superset.LastSeen!.Body)!["force"] is not null;
            return AnswerAsync(context, isForced ? ++row : row, isForced ? null : DateTimeOffset.UtcNow.AddMinutes(-5));
        };
        var token = await api.TokenAsync(new TestPerson());
        await AskAsync(token, ChartBodies.Recorded.Replace("10000", "77", StringComparison.Ordinal));
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Dataset, "appointments", Cancellation);
        var after = await AskAsync(token, ChartBodies.Recorded.Replace("10000", "77", StringComparison.Ordinal));
        Assert.Equal(row, Row(after));
        Assert.True(row > 1, "Superset's own cache answered after the drop");
    }

    [Fact]
    public async Task WhatSupersetStillAnswersFromBeforeADropIsAskedAgainSoon()
    {
        api.Superset.Answer = context => AnswerAsync(context, Interlocked.Increment(ref _asked), DateTimeOffset.UtcNow.AddMinutes(-5));
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Tenant, "northside", Cancellation);
        api.Clock.Elapse(TimeSpan.FromSeconds(4)); // past the doubt after other tests' new rows
        var token = await api.TokenAsync(new TestPerson());
        await AskAsync(token);
        var before = _asked;
        await AskAsync(token);
        Assert.Equal(before, _asked);
        api.Clock.Advance(TimeSpan.FromSeconds(6));
        await AskAsync(token);
        Assert.True(_asked > before, "an answer from before the drop was kept");
    }

    [Fact]
    public async Task AccessOfWhoeverGivesUpStandsInTheAuditAsRefused()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        var (arrived, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        api.Superset.Answer = async context =>
        {
            arrived.TrySetResult();
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await AnswerAsync(context);
        };
        using var impatient = new CancellationTokenSource();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{api.Api.EmbedPort}/api/v1/chart/data")
        {
            Content = new StringContent(ChartBodies.Recorded.Replace("10000", "78", StringComparison.Ordinal), Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = new Uri(ApiFixture.EmbedOrigin).Authority;
        request.Headers.Add("X-GuestToken", token);
        var asked = client.SendAsync(request, impatient.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        try
        {
            await Eventually.TrueAsync("the refusal is written down", async () =>
            {
                await api.Service<DataAccessShipping>().ShipAsync(Cancellation);
                return (await api.Database.QueryAsync("select outcome, reason from audit.data_access where person = audit.person($1)", person.Subject))
                    is [{ } row] && ((string?)row["outcome"], (string?)row["reason"]) == ("refused", "superset-unavailable");
            });
        }
        finally
        {
            ended.SetResult();
        }
    }

    [Fact]
    public async Task ParametersThatSupersetDoesNotReadMakeNoNewQuestionsOfMetadata()
    {
        var token = await api.TokenAsync(new TestPerson());
        var before = api.Superset.Seen;
        foreach (var query in new[] { "", "?x=1", "?x=2&_l_=en", "?_l_=en&y=" })
        {
            using var browser = api.NewEmbedBrowser();
            using var request = browser.Request("GET", $"/api/v1/dashboard/1/charts{query}");
            request.Headers.Add("X-GuestToken", token);
            using var answer = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(before + 1, api.Superset.Seen);
    }

    [Fact]
    public async Task SupersetThatIsAwayIsNotMissedForWhatWasKept()
    {
        var token = await api.TokenAsync(new TestPerson());
        await AskAsync(token);
        api.Superset.Away = true;
        try
        {
            Assert.Equal(1, Row(await AskAsync(token)));
        }
        finally
        {
            api.Superset.Away = false;
        }
    }

    [Fact]
    public async Task WithdrawnTokenIsShownNothingAtTheNextRequest()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        await AskAsync(token);
        var session = (Guid)(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject)).Single()["id"]!;
        await api.Service<RevocationStore>().RevokeSessionAsync(session, Cancellation);
        using var answer = await SendAsync(token, ChartBodies.Recorded);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Fact]
    public async Task FailureIsNotKept()
    {
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        using var failed = await SendAsync(await api.TokenAsync(new TestPerson()), ChartBodies.Recorded);
        await failed.AssertProblemAsync(HttpStatusCode.BadGateway, "superset-refused");
        api.Superset.Answer = AnswerAsync;
        Assert.Equal(1, Row(await AskAsync(new TestPerson())));
    }

    [Fact]
    public async Task BrowserThatTakesBrotliGetsItAndOthersDoNot()
    {
        var token = await api.TokenAsync(new TestPerson());
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
        using var answer = await SendAsync(await api.TokenAsync(new TestPerson()), body);
        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Fact]
    public async Task EachAccessAndRefusalStandsInTheAudit()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        await AskAsync(token);
        await AskAsync(token);
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        using var refused = await SendAsync(token, ChartBodies.Recorded.Replace("10000", "10", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var export = await ExportAsync(token);
        await api.Service<DataAccessShipping>().ShipAsync(Cancellation);
        var rows = await api.Database.QueryAsync(
            "select way, dashboard, dataset, chart, rows, source, outcome, reason, tenant, role from audit.data_access where person = audit.person($1) order by at", person.Subject);
        Assert.Equal(
            ["chart superset allowed 3", "chart memory allowed 3", "chart  refused ", "export superset allowed "],
            rows.Select(row => $"{row["way"]} {row["source"]} {row["outcome"]} {row["rows"]}"));
        Assert.All(rows, row => Assert.Equal(("clinic", "appointments", "northside", "admin"), (row["dashboard"], row["dataset"], row["tenant"], row["role"])));
        Assert.Equal("forbidden", rows[2]["reason"]);
    }

    [Fact]
    public async Task WhoMayNotExportIsRefusedHereAndWrittenDown()
    {
        var person = new TestPerson { Roles = ["clinician"], StaffId = "northside-001" };
        using var export = await ExportAsync(await api.TokenAsync(person));
        await export.AssertProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await api.Service<DataAccessShipping>().ShipAsync(Cancellation);
        var row = Assert.Single(await api.Database.QueryAsync("select way, outcome from audit.data_access where person = audit.person($1)", person.Subject));
        Assert.Equal(("export", "refused"), (row["way"], row["outcome"]));
    }

    private async Task<JsonNode> AskAsync(TestPerson person, string body = ChartBodies.Recorded, string dashboard = "clinic") =>
        await AskAsync(await api.TokenAsync(person, dashboard), body);

    private async Task<JsonNode> AskAsync(string token, string body = ChartBodies.Recorded)
    {
        using var answer = await SendAsync(token, body);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancellation)}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
    }

    private async Task<HttpResponseMessage> SendAsync(string token, string body, string? encoding = null)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("POST", "/api/v1/chart/data?form_data=%7B%22slice_id%22%3A3%7D&dashboard_id=1");
        request.Headers.Add("X-GuestToken", token);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (encoding is not null)
        {
            request.Headers.Add("Accept-Encoding", encoding);
        }

        return await browser.SendAsync(request);
    }

    private async Task<HttpResponseMessage> ExportAsync(string token)
    {
        using var browser = api.NewEmbedBrowser();
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/chart/data")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["form_data"] = ChartBodies.Recorded.Replace("\"result_format\":\"json\"", "\"result_format\":\"csv\"", StringComparison.Ordinal), ["guest_token"] = token,
            }),
        });
    }

    private Task AnswerAsync(HttpContext context) => AnswerAsync(context, Interlocked.Increment(ref _asked), cachedAt: null);

    private static Task AnswerAsync(HttpContext context, int row, DateTimeOffset? cachedAt) => context.Response.WriteAsJsonAsync(new
    {
        result = new[]
        {
            new
            {
                is_cached = cachedAt is not null, cached_dttm = cachedAt?.ToString("O"), queried_dttm = DateTimeOffset.UtcNow.ToString("O"), cache_timeout = 600, error = (string?)null,
                status = "success", rowcount = 3, data = new[] { row },
            },
        },
    }, (JsonSerializerOptions?)null, Cancellation);

    private static int Row(JsonNode answer) => answer["result"]![0]!["data"]![0]!.GetValue<int>();

    private static bool IsCached(JsonNode answer) => answer["result"]![0]!["is_cached"]!.GetValue<bool>();
}
