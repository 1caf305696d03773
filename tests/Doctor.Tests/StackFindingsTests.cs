using EmbedStack.Doctor.Checks;
using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Patients.Contents;
using EmbedStack.Doctor.Tests.Peers;

namespace EmbedStack.Doctor.Tests;

/// <summary>Each fault by itself: the doctor names it, and nothing that it does not bring with it.</summary>
public sealed class StackFindingsTests
{
    private static readonly Dictionary<string, (string[] Found, Action<FakeStack> Break)> Faults = new()
    {
        ["Postgres stopped"] = (["database-away"], stack => stack.Stop("postgres")),
        ["Keycloak stopped"] = (["keycloak-away"], stack => { stack.Stop("keycloak"); stack.Peers.TakeAway("keycloak.test"); }
        ),
        ["Superset stopped"] = (["superset-away"], stack => { stack.Stop("superset"); stack.Peers.TakeAway("superset.test"); }
        ),
        ["one Superset of two stopped"] = (["superset-away"], stack => stack.Facts = stack.Facts with
        {
            Parts = [.. stack.Facts.Parts, new PartState("superset-2", "Exited", "-"), new PartState("superset-bootstrap", "Finished", "-")],
        }),
        ["Redis stopped"] = (["redis-away"], stack =>
        {
            stack.Stop("redis");
            Mint(stack, () => FakePeers.Problem(503, "superset-unavailable"));
        }
        ),
        ["Api stopped"] = (["api-away"], stack => { stack.Stop("api"); stack.Peers.TakeAway("api.test"); stack.Peers.TakeAway("embed.test"); }
        ),
        ["one edge of two stopped"] = (["edge-away"], stack => stack.Facts = stack.Facts with
        {
            Parts = [.. stack.Facts.Parts, new PartState("edge", "Running", "Healthy"), new PartState("edge-2", "Exited", "-")],
        }),
        ["second Api stopped"] = (["api-away"], stack => stack.Facts = stack.Facts with
        {
            Parts = [.. stack.Facts.Parts, new PartState("api-2", "Running", "Unhealthy")],
        }),
        ["renderer stopped"] = (["server-pictures"], stack => stack.Stop("renderer")),
        ["service password changed on one side"] = (["service-account-login"], stack => stack.Peers.On("POST superset.test/api/v1/security/login", 401)),
        ["logins limited"] = (["rate-limited"], stack => stack.Peers.On("POST superset.test/api/v1/security/login", 429)),
        ["mints limited"] = (["rate-limited"], stack => Mint(stack, () => FakePeers.Problem(429, "too-many-requests"))),
        ["Authorization taken away"] = (["authorization-lost"], stack => stack.Peers
            .On("GET superset.test/api/v1/security/csrf_token/", 401)),
        ["number as subject"] = (["subject-must-be-a-string"], stack => stack.Peers
            .On("POST superset.test/api/v1/security/login", 200, new { access_token = FakeSuperset.AccessToken(1) })
            .On("GET superset.test/api/v1/security/csrf_token/", 422)),
        ["session cookie taken away"] = (["csrf-token"], stack => stack.Peers.On("GET superset.test/api/v1/security/csrf_token/", 200, new { result = "csrf" })),
        ["slash cut off"] = (["guest-token-address"], stack => stack.Peers.On("GET superset.test/api/v1/security/guest_token/", 308)),
        ["grant taken from the service account"] = (["service-account"], stack =>
            stack.Change("EmbedServiceAccount", held => held.Remove("can_grant_guest_token on SecurityRestApi"))),
        ["service account is somebody more"] = (["service-account"], stack =>
            stack.Change("EmbedServiceAccount", held => held.Add("can_write on User"))),
        ["service account deactivated"] = (["service-account"], stack => stack.Contents = stack.Contents with { ServiceRoles = null }),
        ["embedding deleted"] = (["embedded-id"], stack => Edit(stack, dashboard => dashboard with { EmbeddedId = null })),
        ["embedding made anew"] = (["embedded-id"], stack => Edit(stack, dashboard => dashboard with { EmbeddedId = Guid.NewGuid() })),
        ["embedding switched off"] = (["embedded-id"], stack => stack.Peers.On($"GET superset.test/embedded/{FakeStack.Embedded}", 404)),
        ["allowed domains emptied"] = (["page-refused"], stack =>
        {
            Edit(stack, dashboard => dashboard with { AllowedDomains = null });
            stack.Peers.On($"GET superset.test/embedded/{FakeStack.Embedded}", _ => stack.Page());
        }
        ),
        ["another host allowed"] = (["page-refused"], stack => stack.Peers.On($"GET superset.test/embedded/{FakeStack.Embedded}", 403)),
        ["X-Frame-Options sent"] = (["framing"], stack => stack.Peers.On($"GET embed.test/embedded/{FakeStack.Embedded}", _ =>
        {
            var page = stack.Page();
            page.Headers.Add("X-Frame-Options", "SAMEORIGIN");
            return page;
        })),
        ["another host in frame-ancestors"] = (["framing"], stack => stack.FrameAncestors = "https://elsewhere.test"),
        ["page lost on the way to browsers"] = (["framing"], stack => stack.Peers.On($"GET embed.test/embedded/{FakeStack.Embedded}", 404)),
        ["page sets a cookie"] = (["third-party-cookies"], stack => stack.Peers.On($"GET embed.test/embedded/{FakeStack.Embedded}", _ =>
        {
            var page = stack.Page();
            page.Headers.Add("Set-Cookie", "session=x");
            return page;
        })),
        ["authors on the dashboards' host"] = (["author-cookie"], stack => stack.Facts = stack.Facts with { Authors = new Uri("http://embed.test:5182/") }),
        ["Superset below a path"] = (["sub-path"], stack => stack.Common["application_root"] = "/superset"),
        ["asynchronous queries on"] = (["async-queries"], stack => stack.Common["feature_flags"]!["GLOBAL_ASYNC_QUERIES"] = true),
        ["cache keys without identity"] = (["shared-cache"], stack => stack.Common["feature_flags"]!["CACHE_QUERY_BY_USER"] = false),
        ["exports streamed"] = (["large-export"], stack => stack.Common["conf"]!["CSV_STREAMING_ROW_THRESHOLD"] = 50_000),
        ["no language pack"] = (["language"], stack => stack.Peers.On("GET embed.test/superset/language_pack/de/", 302)),
        ["number changed by an import"] = (["stale-import"], stack => stack.Contents = stack.Contents with
        {
            Published = [.. stack.Contents.Published.Select(id => id.Kind == "dataset" ? id with { Uuid = Guid.NewGuid() } : id)],
        }),
        ["chart without a stored query"] = (["chart-without-query"], stack => stack.Contents = stack.Contents with
        {
            Charts = [.. stack.Contents.Charts.Select(chart => chart with { QueryContext = null })],
        }),
        ["dataset is a query"] = (["virtual-dataset"], stack => stack.Contents = stack.Contents with
        {
            Datasets = [.. stack.Contents.Datasets.Select(dataset => dataset with { IsVirtual = true })],
        }),
        ["chart of another dataset added"] = (["uncovered-dataset"], stack => stack.Contents = stack.Contents with
        {
            Charts = [.. stack.Contents.Charts, new StoredChart(12, 4, 8, "Salaries", """{"queries":[{}]}""")],
        }),
        ["filter of another dataset added"] = (["uncovered-dataset"], stack => Edit(stack, dashboard => dashboard with
        {
            Metadata = """{"native_filter_configuration":[{"targets":[{"datasetId":8}]}]}""",
        })),
        ["role's rows missing"] = (["uncovered-dataset"], stack => Mint(stack, () => FakePeers.Problem(409, "uncovered-dataset"))),
        ["26 charts"] = (["too-many-charts"], stack => stack.Contents = stack.Contents with
        {
            Charts = [.. Enumerable.Range(11, 26).Select(id => stack.Contents.Charts[0] with { Id = id })],
        }),
        ["guests' permission taken"] = (["guest-role"], stack =>
        {
            stack.Change("EmbedViewer", held => held.Remove("can_read on Chart"));
            stack.Peers.On("POST embed.test/api/v1/chart/data", 403);
        }
        ),
        ["guests' role may edit"] = (["guest-menu"], stack => stack.Change("EmbedViewer", held => held.Add("can_write on Chart"))),
        ["guests' role opens a dataset"] = (["foreign-chart"], stack => stack.Change("EmbedViewer", held => held.Add("datasource_access on [clinic].[patients]"))),
        ["Public may read"] = (["anonymous-reads"], stack =>
        {
            stack.Change("Public", held => held.Add("can_read on Dashboard"));
            stack.Peers.On("GET superset.test/api/v1/dashboard/", 200, new { result = Array.Empty<object>() });
        }
        ),
        ["client's secret changed on one side"] = (["sign-in"], stack => stack.Peers
            .On("POST keycloak.test/realms/embedstack/protocol/openid-connect/token", 401)),
        ["person without a tenant"] = (["sign-in"], stack => stack.Peers.On("GET api.test/api/dashboards", _ => FakePeers.Problem(403, "no-tenant"))),
        ["embedding suspended"] = (["mint-refused"], stack => Mint(stack, () => FakePeers.Problem(503, "embedding-suspended"))),
        ["assertion refused"] = (["mint-refused"], stack => Mint(stack, () => FakePeers.Problem(502, "superset-refused"))),
        ["nothing granted"] = (["mint-refused"], stack => stack.Peers.On("GET api.test/api/dashboards", 200, new { dashboards = Array.Empty<object>() })),
        ["rules too long"] = (["token-size"], stack => Mint(stack, () => FakePeers.Problem(409, "token-too-large"))),
        ["token near its end"] = (["token-renewal"], stack => Mint(stack, () => FakePeers.Answer(200, FakeStack.Minted(TimeSpan.FromSeconds(5))))),
        ["secrets differ"] = (["guest-refused"], stack => stack.Peers.On("GET embed.test/api/v1/me/roles/", 401)),
        ["anybody's token taken"] = (["expired-token"], stack => stack.Peers.On("GET embed.test/api/v1/me/roles/", 200)),
        ["dataset of a chart deleted"] = (["dashboard-datasets"], stack => stack.Peers.On("GET embed.test/api/v1/dashboard/4/datasets", 404)),
        ["chart differs from what is stored"] = (["chart-refused"], stack => stack.Peers.On("POST embed.test/api/v1/chart/data", 403)),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Fact]
    public async Task HealthyStackHasNothing()
    {
        var examined = await new FakeStack().ExamineAsync();

        Assert.All(examined, entry => Assert.True(entry.Verdict.Finding == Finding.Ok, $"{entry.Check.Slug}: {entry.Verdict}"));
        Assert.Equal(ExitCode.Healthy, ExitCode.Of(examined));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task FaultIsNamedAndNothingElse(string fault)
    {
        var stack = new FakeStack();
        Faults[fault].Break(stack);

        var examined = await stack.ExamineAsync();

        Assert.Equal(Faults[fault].Found, examined.Where(entry => entry.Verdict.Finding == Finding.Found).Select(entry => entry.Check.Slug));
        Assert.Equal(ExitCode.Findings, ExitCode.Of(examined));
    }

    [Fact]
    public void EveryCheckHasAFault() =>
        Assert.Equal(Examination.Checks.Select(check => check.Slug).Order(), Faults.Values.SelectMany(fault => fault.Found).Distinct().Order());

    [Fact]
    public async Task WhatADatabaseHidesIsNotExamined()
    {
        var stack = new FakeStack { IsDatabaseAway = true };

        var examined = await stack.ExamineAsync();

        Assert.DoesNotContain(examined, entry => entry.Verdict.Finding == Finding.Found);
        Assert.Equal(ExitCode.NotExamined, ExitCode.Of(examined));
    }

    [Fact]
    public async Task ServersThatFailAreNotExamined()
    {
        var stack = new FakeStack();
        foreach (var route in new[] { "POST superset.test/*", "GET superset.test/*" })
        {
            stack.Peers.On(route, 500);
        }

        stack.Peers.On("POST superset.test/api/v1/security/login", 500);

        var examined = await stack.ExamineAsync();

        Assert.Equal(Finding.NotExamined, examined.Single(entry => entry.Check.Slug == "service-account-login").Verdict.Finding);
    }

    private static void Edit(FakeStack stack, Func<StoredDashboard, StoredDashboard> edit) =>
        stack.Contents = stack.Contents with { Dashboards = [.. stack.Contents.Dashboards.Select(edit)] };

    private static void Mint(FakeStack stack, Func<HttpResponseMessage> answer) => stack.Peers.On("POST api.test/api/superset/guest-token", _ => answer());
}
