using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Exports;

/// <summary>Dashboards leave as files where the role exports, as the person who asks sees them, and each try is written down.</summary>
public sealed class RenderingTests(ExportFixture api) : IClassFixture<ExportFixture>
{
    private const string Clinic = "/api/dashboards/clinic/renderings";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Malformed =>
    [
        "{}", "null", "[]", """{"format":"jpeg"}""", """{"format":"PDF"}""", """{"format":7}""", """{"format":"pdf","native_filters":""}""",
        """{"format":"pdf","native_filters":"a\u0000"}""", """{"format":"pdf","native_filters":"\ud800"}""",
        $$"""{"format":"pdf","native_filters":"{{new string('a', 7901)}}"}""", $$"""{"format":"pdf","native_filters":"{{new string('é', 2000)}}"}""",
        """{"format":"pdf","permalink":"short"}""", """{"format":"pdf","permalink":"../../elsewhere-1234567"}""", """{"format":"pdf","language":"en-GB"}""",
        """{"format":"pdf","theme":{}}""", """{"format":"pdf","theme":{"mode":"sepia"}}""",
        """{"format":"pdf","theme":{"mode":"dark","tokens":{"colorPrimary":"url(http://elsewhere.example/)"}}}""",
        """{"format":"pdf","theme":{"mode":"dark","tokens":{"font family":"a"}}}""", """{"format":"pdf","theme":{"mode":"dark","tokens":{"borderRadius":1e9}}}""",
        """{"format":"pdf","theme":{"mode":"dark","tokens":{"a":{"b":"c"}}}}""",
    ];

    [Theory]
    [InlineData("pdf", "application/pdf")]
    [InlineData("png", "image/png")]
    public async Task AdministratorTakesADashboardAlong(string format, string type)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.PostAsync(Clinic, new
        {
            format, native_filters = "(a:(b:'c d'))", permalink = new string('k', 22), language = "de",
            theme = new { mode = "dark", tokens = new Dictionary<string, object> { ["colorPrimary"] = "#8a1538", ["borderRadius"] = 8, ["fontFamily"] = "system-ui, \"Segoe UI\", sans-serif" } },
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"a {format}", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Matches($@"^clinic-\d{{4}}-\d\d-\d\d\.{format}$", answer.Content.Headers.ContentDisposition?.FileName!);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("0", Assert.Single(answer.Headers.GetValues("X-Failed-Charts")));

        var (order, surroundings) = api.Renderer.Last!.Value;
        Assert.Equal(TestCatalogue.ClinicEmbedded, order.GetProperty("embedded_id").GetString());
        Assert.Equal((format, "(a:(b:'c d'))", new string('k', 22), "de"), (Text("format"), Text("native_filters"), Text("permalink"), Text("language")));
        Assert.Equal("""{"mode":"dark","tokens":{"colorPrimary":"#8a1538","borderRadius":8,"fontFamily":"system-ui, \u0022Segoe UI\u0022, sans-serif"}}""", order.GetProperty("theme").GetRawText());
        Assert.Equal("Clinic overview", Text("title"));
        Assert.StartsWith("Northside Specialist Clinic · ", Text("subtitle"), StringComparison.Ordinal);

        // It is this person's, and stands nowhere but in the body.
        var token = Text("token")!;
        Assert.Equal(person.Subject, Edge.Exchange.ExchangeFixture.Claims(token).GetProperty("sub").GetString());
        Assert.DoesNotContain(token, surroundings, StringComparison.Ordinal);
        Assert.Equal(["export allowed " + format, "mint allowed "], await RowsAsync(person));

        string? Text(string name) => order.GetProperty(name).GetString();
    }

    [Fact]
    public async Task StateAndThemeMayBeLeftOut()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.PostAsync(Clinic, new { format = "pdf" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var order = api.Renderer.Last!.Value.Order;
        Assert.All(["native_filters", "permalink", "language", "theme"], name => Assert.Equal(JsonValueKind.Null, order.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task ChartsThatShowAnErrorAreTold()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        api.Renderer.FailedCharts = 2;
        try
        {
            using var answer = await browser.PostAsync(Clinic, new { format = "pdf" });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("2", Assert.Single(answer.Headers.GetValues("X-Failed-Charts")));
        }
        finally
        {
            api.Renderer.FailedCharts = null;
        }
    }

    [Fact]
    public async Task LeadershipSeesWhetherTheRendererHasItsBrowser()
    {
        using var leader = await SignInLeaderAsync();
        Assert.Equal("up", await StateAsync());
        api.Renderer.HasBrowser = false;
        try
        {
            Assert.Equal("down", await StateAsync());
        }
        finally
        {
            api.Renderer.HasBrowser = true;
        }

        async Task<string?> StateAsync() => (await leader.GetJsonAsync("/api/admin/health")).GetProperty("parts").EnumerateArray()
            .Single(part => part.GetProperty("name").GetString() == "renderer").GetProperty("state").GetString();
    }

    [Fact]
    public async Task MachineTakesItAlongByItsToken()
    {
        var machine = new TestPerson { Client = "machine" };
        using var browser = api.NewBrowser();
        using var request = Request(Clinic, """{"format":"png"}""");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {api.Keycloak.IssueBearer(machine)}");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("staff", "appointments")]
    [InlineData("clinician", "clinic")]
    public async Task WhoMayNotExportIsRefusedAndAudited(string role, string dashboard)
    {
        var person = new TestPerson { Roles = [role], StaffId = role == "clinician" ? "s-1" : null };
        using var browser = await api.SignInAsync(person);
        var before = api.Renderer.Asked;
        using var answer = await browser.PostAsync($"/api/dashboards/{dashboard}/renderings", new { format = "pdf" });

        await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(before, api.Renderer.Asked);
        Assert.Equal(["export refused forbidden"], await RowsAsync(person));
    }

    [Theory]
    [InlineData("admin", "network")]
    [InlineData("admin", "nothing")]
    [InlineData("staff", "clinic")]
    [InlineData("admin", "%2e%2e")]
    [InlineData("admin", "%22%C3%A9")]
    public async Task DashboardThatIsNotTheirsIsNotThere(string role, string dashboard)
    {
        var person = new TestPerson { Roles = [role] };
        using var browser = await api.SignInAsync(person);
        var before = api.Renderer.Asked;
        using var request = Request($"/api/dashboards/{dashboard}/renderings", """{"format":"pdf"}""", browser);
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, dashboard == "%2e%2e" ? "not-found" : "unknown-dashboard");
        Assert.Equal(before, api.Renderer.Asked);
        if (dashboard != "%2e%2e")
        {
            Assert.Equal(["export refused unknown-dashboard"], await RowsAsync(person));
        }
    }

    [Fact]
    public async Task DashboardThatCannotBeShownIsNotRendered()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        var before = api.Renderer.Asked;
        using var answer = await browser.PostAsync("/api/dashboards/uncovered/renderings", new { format = "pdf" });
        await answer.AssertProblemAsync(HttpStatusCode.Conflict, "uncovered-dataset");
        Assert.Equal(before, api.Renderer.Asked);
        Assert.Equal(["export refused uncovered-dataset", "mint refused uncovered-dataset"], await RowsAsync(person));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task WhatIsNoRenderingIsRefused(string body)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var before = api.Renderer.Asked;
        using var request = Request(Clinic, body, browser);
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(before, api.Renderer.Asked);
    }

    [Fact]
    public async Task OtherTypesAndLargeBodiesAreRefused()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var text = Request(Clinic, """{"format":"pdf"}""", browser, "text/plain");
        using var refused = await browser.SendAsync(text);
        await refused.AssertProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        using var large = Request(Clinic, $$"""{"format":"pdf"{{new string(' ', 40_000)}}}""", browser);
        using var tooLarge = await browser.SendAsync(large);
        await tooLarge.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task OtherSitesAndNobodyTakeNothing()
    {
        using var nobody = api.NewBrowser();
        using var unknown = await nobody.PostAsync(Clinic, new { format = "pdf" });
        await unknown.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        using var browser = await api.SignInAsync(new TestPerson());
        using var other = await browser.PostAsync(Clinic, new { format = "pdf" }, csrf: false);
        await other.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");
    }

    [Theory]
    [InlineData(429, 503, "renderer-busy")]
    [InlineData(422, 422, "rendering-too-large")]
    [InlineData(504, 504, "rendering-timed-out")]
    [InlineData(502, 502, "rendering-failed")]
    [InlineData(403, 502, "rendering-failed")]
    [InlineData(503, 503, "renderer-unavailable")]
    [InlineData(404, 503, "renderer-unavailable")]
    [InlineData(400, 503, "renderer-unavailable")]
    [InlineData(500, 503, "renderer-unavailable")]
    public async Task WhatTheRendererCannotDoIsToldAndAudited(int status, int told, string slug)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        api.Renderer.Status = status;
        try
        {
            using var answer = await browser.PostAsync(Clinic, new { format = "pdf" });
            await answer.AssertProblemAsync((HttpStatusCode)told, slug);
            Assert.Equal(told == 503, answer.Headers.RetryAfter is not null);
        }
        finally
        {
            api.Renderer.Status = null;
        }

        Assert.Equal(["export allowed pdf", $"export refused {slug}", "mint allowed "], await RowsAsync(person));
    }

    [Fact]
    public async Task PersonHasOneAtOnceAndATenantAFew()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        api.Renderer.Held = held;
        var before = api.Renderer.Asked;
        try
        {
            using var one = await api.SignInAsync(new TestPerson { Organizations = ["harbour"] });
            var running = one.PostAsync(Clinic, new { format = "pdf" });
            await Eventually.TrueAsync("the first is under way", () => Task.FromResult(api.Renderer.Asked == before + 1));
            using var second = await one.PostAsync(Clinic, new { format = "png" });
            await second.AssertProblemAsync(HttpStatusCode.TooManyRequests, "too-many-renderings");
            Assert.NotNull(second.Headers.RetryAfter);

            var colleagues = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => api.SignInAsync(new TestPerson { Organizations = ["harbour"] })));
            var others = colleagues.Take(2).Select(colleague => colleague.PostAsync(Clinic, new { format = "pdf" })).ToArray();
            await Eventually.TrueAsync("two more are under way", () => Task.FromResult(api.Renderer.Asked == before + 3));
            using var fourth = await colleagues[2].PostAsync(Clinic, new { format = "pdf" });
            await fourth.AssertProblemAsync(HttpStatusCode.TooManyRequests, "too-many-renderings");
            using var elsewhere = await api.SignInAsync(new TestPerson());
            var another = elsewhere.PostAsync(Clinic, new { format = "pdf" });
            await Eventually.TrueAsync("another clinic's is under way", () => Task.FromResult(api.Renderer.Asked == before + 4));

            held.SetResult();
            foreach (var answer in await Task.WhenAll([running, another, .. others]))
            {
                using (answer)
                {
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                }
            }

            Array.ForEach(colleagues, colleague => colleague.Dispose());
        }
        finally
        {
            held.TrySetResult();
            api.Renderer.Held = null;
        }
    }

    [Fact]
    public async Task WhoHangsUpEndsTheRendering()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        api.Renderer.Held = held;
        api.Renderer.Gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var person = new TestPerson { Organizations = ["manly"] };
        try
        {
            using var browser = await api.SignInAsync(person);
            using var hangingUp = new CancellationTokenSource();
            using var request = Request(Clinic, """{"format":"pdf"}""", browser);
            var before = api.Renderer.Asked;
            var asking = browser.SendUnlessHungUpAsync(request, hangingUp.Token);
            await Eventually.TrueAsync("it is under way", () => Task.FromResult(api.Renderer.Asked == before + 1));
            await hangingUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
            await api.Renderer.Gone.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            await Eventually.TrueAsync("that nobody waited is audited", async () => (await RowsAsync(person)).Contains("export refused caller-gone"));
        }
        finally
        {
            held.TrySetResult();
            api.Renderer.Held = null;
        }
    }

    [Fact]
    public async Task StackWithoutARendererSaysSo()
    {
        var instance = api.StartInstance(("services:renderer:http:0", ""));
        using var browser = ApiFixture.NewBrowser(instance);
        var person = new TestPerson();
        using var signedIn = await browser.SignInAsync(api.Keycloak, person);
        using var answer = await browser.PostAsync(Clinic, new { format = "pdf" });
        await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "renderer-unavailable");
        Assert.Equal(["export refused renderer-unavailable"], await RowsAsync(person));
    }

    [Fact]
    public async Task WhoeverIsRevokedMeanwhileGetsNoFile()
    {
        var person = new TestPerson { Organizations = ["harbour"] };
        using var leader = await SignInLeaderAsync();
        using var answer = await AskAsync(person, async () =>
        {
            using var revoked = await leader.PostAsync("/api/admin/revocations", new { kind = "person", value = person.Subject });
            Assert.True(revoked.IsSuccessStatusCode, $"{revoked.StatusCode}");
        });
        await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "access-withdrawn");
        Assert.Equal(["export allowed pdf", "export refused access-withdrawn", "mint allowed "], await RowsAsync(person));
    }

    [Fact]
    public async Task WhoseDashboardIsTakenAwayMeanwhileGetsNoFile()
    {
        const string Path = "/api/admin/entitlements";
        using var leader = await SignInLeaderAsync();
        using var before = await leader.GetAsync(Path);
        var document = JsonNode.Parse(await before.Content.ReadAsStringAsync(Cancellation))!.AsObject();
        var all = document["entitlements"]!.AsArray();
        var entry = all.Single(entry => (string?)entry!["dashboard"] == "clinic" && (string?)entry["role"] == "admin")!;
        var tag = before.Headers.ETag!.ToString();
        try
        {
            using var answer = await AskAsync(new TestPerson { Organizations = ["harbour"] }, async () =>
            {
                all.Remove(entry);
                await ReplaceAsync();
            });
            await answer.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
        }
        finally
        {
            all.Add(entry);
            await ReplaceAsync();
        }

        async Task ReplaceAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = JsonContent.Create(document) };
            request.Headers.Add("X-CSRF", "1");
            request.Headers.TryAddWithoutValidation("If-Match", tag);
            using var replaced = await leader.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
            tag = replaced.Headers.ETag!.ToString();
        }
    }

    [Fact]
    public async Task NobodyFillsTheAuditWithRefusals()
    {
        var person = new TestPerson { Roles = ["staff"] };
        using var browser = await api.SignInAsync(person);
        for (var at = 0; at < 70; at++)
        {
            using var answer = await browser.PostAsync("/api/dashboards/appointments/renderings", new { format = "pdf" });
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(60, (await RowsAsync(person)).Length);
    }

    private static HttpRequestMessage Request(string target, string body, Browser? browser = null, string type = "application/json")
    {
        var request = browser?.Request("POST", target) ?? new HttpRequestMessage(HttpMethod.Post, target);
        request.Headers.Add("X-CSRF", "1");
        request.Content = new StringContent(body, Encoding.UTF8, type);
        return request;
    }

    private Task<Browser> SignInLeaderAsync() => api.SignInAsync(new TestPerson { Roles = ["network"], Organizations = ["lakeland"] });

    // What is done while the file is made.
    private async Task<HttpResponseMessage> AskAsync(TestPerson person, Func<Task> meanwhile)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var browser = await api.SignInAsync(person);
        api.Renderer.Held = held;
        var before = api.Renderer.Asked;
        try
        {
            var asking = browser.PostAsync(Clinic, new { format = "pdf" });
            await Eventually.TrueAsync("it is under way", () => Task.FromResult(api.Renderer.Asked == before + 1));
            await meanwhile();
            held.SetResult();
            return await asking;
        }
        finally
        {
            held.TrySetResult();
            api.Renderer.Held = null;
        }
    }

    private async Task<string[]> RowsAsync(TestPerson person) =>
    [
        .. (await api.Database.QueryAsync(
                "select kind, outcome, reason from audit.events where kind in ('export', 'mint') and person = audit.person($1) order by 1, 2, 3", person.Subject))
            .Select(row => $"{row["kind"]} {row["outcome"]} {row["reason"]}"),
    ];
}
