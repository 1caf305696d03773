using System.Net;
using System.Text;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.Warmup;
using EmbedStack.Api.Tests.Edge.Cache;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Warmup;

/// <summary>An Api that warms up by itself, as it does by default.</summary>
public sealed class WarmAfterChangesFixture(TestDatabases postgres) : ExchangeFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings => [.. base.OwnSettings, new("Edge:WarmUp:AfterChanges", "true")];
}

/// <summary>New rows are asked for before anybody looks at them, and not all at once.</summary>
public sealed class WarmAfterChangesTests(WarmAfterChangesFixture api) : IClassFixture<WarmAfterChangesFixture>, IAsyncLifetime
{
    private static readonly string Plain = ChartBodies.Recorded.Replace("""{"time_range":"Last year"}""", "{}", StringComparison.Ordinal);
    private int _asked;
    private int _working;
    private int _most;

    public async ValueTask InitializeAsync()
    {
        api.Superset.Answer = AnswerAsync;
        await Eventually.TrueAsync("the cache knows the catalogue", () => Task.FromResult(api.Service<CacheFactsSource>().Current?.Dashboard(1) == "clinic"));
    }

    public ValueTask DisposeAsync()
    {
        api.Superset.Answer = null;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task NewRowsAreAskedForAheadAFewQuestionsAtOnce()
    {
        await AskAsync(new TestPerson());
        await Eventually.TrueAsync("the question is learnt", async () => (await api.Database.QueryAsync("select 1 from api.warm_questions")).Count == 1);
        var before = Volatile.Read(ref _asked);
        _most = 0;
        await api.Database.ExecuteAsync(
            "insert into shared.data_version (name) values ('clinic') on conflict (name) do update set version = data_version.version + 1, changed_at = now()");
        await Eventually.TrueAsync("every clinic's question is asked", () =>
        {
            var progress = api.Service<WarmUp>().Progress;
            return Task.FromResult(progress is { IsRunning: false, Failed: 0, Total: >= 4 } && progress.Done == progress.Total && Volatile.Read(ref _asked) >= before + progress.Total);
        });
        Assert.InRange(_most, 1, api.Service<WarmUpSettings>().AtOnce);

        var asked = Volatile.Read(ref _asked);
        await AskAsync(new TestPerson { Organizations = ["harbour"] });
        Assert.Equal(asked, Volatile.Read(ref _asked));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var working = Interlocked.Increment(ref _working);
        _most = Math.Max(_most, working);
        await Task.Delay(100, context.RequestAborted); // as long as others could come
        Interlocked.Decrement(ref _working);
        await context.Response.WriteAsJsonAsync(new
        {
            result = new[]
            {
                new
                {
                    is_cached = false, queried_dttm = api.Clock.GetUtcNow().ToString("O"), cache_timeout = 600, status = "success", rowcount = 1,
                    data = new[] { Interlocked.Increment(ref _asked) },
                },
            },
        });
    }

    private async Task AskAsync(TestPerson person)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("POST", "/api/v1/chart/data");
        request.Headers.Add("X-GuestToken", await api.TokenAsync(person));
        request.Content = new StringContent(Plain, Encoding.UTF8, "application/json");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
