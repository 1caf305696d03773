using System.Net;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Telemetry;

/// <summary>One trace leads from the browser's request through Api and Superset to Postgres.</summary>
public sealed class TraceTests(StackFixture stack)
{
    private static readonly string[] Dashboards = ["revenue", "operations-hub"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task MintIsOneTraceFromTheBrowserToPostgres()
    {
        var (traceId, header) = TraceReceiver.NewTrace();
        using var session = await ProductSession.OpenAsync(stack, Person.NorthsideAdministrator, TestContext.Current.CancellationToken);
        var (status, body) = await session.MintAsync(
            new { dashboard_keys = Dashboards }, TestContext.Current.CancellationToken,
            headers: new Dictionary<string, string> { ["traceparent"] = header });
        Assert.True(status == HttpStatusCode.OK, body);

        var spans = await WaitAsync(traceId, "guest_token");
        AssertChain(spans, header.Split('-')[2], "/api/superset/guest-token");
        Assert.Contains(spans, span => span is { Service: "api", Kind: SpanKind.Client } && span.Attributes.ContainsKey("db.system.name"));
        Assert.Contains(spans, span => span is { Service: "api", Name: "mint guest token" });
    }

    [Fact]
    public async Task ChartsDataIsOneTraceFromTheBrowserToTheClinicsDatabase()
    {
        var (traceId, header) = TraceReceiver.NewTrace();
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf("clinic").First();
        var guest = await Guest.OfAsync(stack, Person.NorthsideAdministrator, "clinic");
        var answer = await guest.SendAsync(
            HttpMethod.Post, $"api/v1/chart/data?form_data=%7B%22slice_id%22%3A{chart.Id}%7D&dashboard_id={chart.DashboardId}",
            System.Net.Http.Json.JsonContent.Create(chart.Request(force: true)), Way.Embed, headers: new Dictionary<string, string> { ["traceparent"] = header });
        Assert.True(answer.IsOk, $"{answer}");

        AssertChain(await WaitAsync(traceId, "chart/data"), header.Split('-')[2], "embed chart data");
    }

    private async Task<IReadOnlyList<SeenSpan>> WaitAsync(string traceId, string supersetPath)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            var spans = stack.Traces.Of(traceId);
            if (spans.Any(IsBrowsers) && spans.Any(span => IsSupersets(span, supersetPath)) && spans.Any(span => IsStatement(span)))
            {
                return spans;
            }

            Assert.True(DateTime.UtcNow < until, $"The trace has after {Patience.TotalSeconds} s only:\n{string.Join('\n', spans)}\n{stack.Describe()}");
            await Task.Delay(TimeSpan.FromMilliseconds(250), TestContext.Current.CancellationToken);
        }

        static bool IsBrowsers(SeenSpan span) => span is { Service: "api", Kind: SpanKind.Server };
    }

    // The browser's span, the Api's, its request to Superset, Superset's, and its statement: each the next one's parent.
    private static void AssertChain(IReadOnlyList<SeenSpan> spans, string browser, string route)
    {
        var told = string.Join('\n', spans);
        var byId = spans.ToDictionary(span => span.Id);
        var path = new List<SeenSpan>();
        for (var span = spans.First(span => IsStatement(span)); span is not null; span = byId.GetValueOrDefault(span.ParentId))
        {
            path.Add(span);
        }

        var last = path[^1];
        Assert.True(last is { Service: "api", Kind: SpanKind.Server } && last.Attributes.Contains(new("http.route", route)), told);
        Assert.True(last.ParentId == browser, told);
        Assert.True(path.Any(span => span is { Service: "api", Kind: SpanKind.Client }), told);
        Assert.True(path.Any(span => span is { Service: "superset", Kind: SpanKind.Server }), told);
    }

    private static bool IsSupersets(SeenSpan span, string path) =>
        span is { Service: "superset", Kind: SpanKind.Server } && span.Attributes.Values.Any(value => value.Contains(path, StringComparison.Ordinal));

    private static bool IsStatement(SeenSpan span) =>
        span.Service == "superset" && span.Kind == SpanKind.Client && span.Attributes.Any(tag => tag is { Key: "db.system" or "db.system.name", Value: "postgresql" });
}
