using System.Net;
using EmbedStack.Renderer.Browser;

namespace EmbedStack.Renderer.Tests;

/// <summary>Nothing of it is without bounds, and whatever happens, the next request is answered.</summary>
public sealed class LimitTests(RendererFixture stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DashboardThatIsNeverDrawnIsGivenUp()
    {
        await using var renderer = stack.Start(("Renderer:Limits:Seconds", "4"));
        using var late = await renderer.RenderAsync(EmbedPeer.NeverDrawn);
        Assert.Equal(HttpStatusCode.GatewayTimeout, late.StatusCode);
    }

    [Fact]
    public async Task DashboardThatIsTooLargeIsGivenUp()
    {
        using var tall = await stack.Renderer.RenderAsync(EmbedPeer.Tall);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tall.StatusCode);
        await using var small = stack.Start(("Renderer:Limits:Megapixels", "1"));
        using var wide = await small.RenderAsync(EmbedPeer.Dashboard, "pdf");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wide.StatusCode);
    }

    [Fact]
    public async Task PageThatIsNotThereAndTokenThatIsNotTakenAreTold()
    {
        using var missing = await stack.Renderer.RenderAsync(EmbedPeer.Missing);
        Assert.Equal(HttpStatusCode.BadGateway, missing.StatusCode);
        stack.Embed.Status = 401;
        try
        {
            using var refused = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        finally
        {
            stack.Embed.Status = 200;
        }

        await using var lonely = stack.Start(("Origins:Embed", "http://127.0.0.1:9"));
        using var nobody = await lonely.RenderAsync(EmbedPeer.Dashboard);
        Assert.Equal(HttpStatusCode.BadGateway, nobody.StatusCode);
    }

    [Fact]
    public async Task TooManyAtOnceAreToldWhenToComeBack()
    {
        await using var renderer = stack.Start(("Renderer:Limits:Concurrent", "1"), ("Renderer:Limits:Waiting", "1"), ("Renderer:Limits:PatienceSeconds", "1"));
        await HoldingAsync(async () =>
        {
            var first = renderer.RenderAsync(EmbedPeer.Dashboard);
            await UntilAsync("the first asks for its rows", () => !stack.Embed.Told.IsEmpty);
            var second = renderer.RenderAsync(EmbedPeer.Dashboard);
            var third = renderer.RenderAsync(EmbedPeer.Dashboard);
            foreach (var waiting in new[] { second, third })
            {
                using var busy = await waiting;
                Assert.Equal(HttpStatusCode.TooManyRequests, busy.StatusCode);
                Assert.NotNull(busy.Headers.RetryAfter);
            }

            Assert.Single(stack.Embed.Told);
            stack.Embed.Held!.SetResult();
            using var done = await first;
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        });
    }

    [Fact]
    public async Task WhoeverHangsUpEndsIt()
    {
        using var hangingUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        stack.Embed.Gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await HoldingAsync(async () =>
        {
            var asking = stack.Renderer.RenderAsync(EmbedPeer.Dashboard, hangingUp: hangingUp.Token);
            await UntilAsync("it asks for its rows", () => !stack.Embed.Told.IsEmpty);
            await hangingUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
            await stack.Embed.Gone.Task.WaitAsync(Patience, Cancellation); // its page is closed
        });
    }

    [Fact]
    public async Task BrowserThatEndsIsFollowedByAnother()
    {
        await HoldingAsync(async () =>
        {
            var under = stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
            await UntilAsync("it asks for its rows", () => !stack.Embed.Told.IsEmpty);
            Assert.Single(stack.Renderer.Service<Chromium>().Drawing).Kill();
            using var ended = await under;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ended.StatusCode);
            Assert.NotNull(ended.Headers.RetryAfter);
        });
        using var next = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task BrowserThatTakesTooMuchMemoryIsEnded()
    {
        await using var renderer = stack.Start(("Renderer:Limits:Megabytes", "900"));
        using var small = await renderer.RenderAsync(EmbedPeer.Dashboard);
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        await HoldingAsync(async () =>
        {
            using var hungry = await renderer.RenderAsync(EmbedPeer.Hungry);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, hungry.StatusCode);
        });
        Assert.Contains(renderer.Log.Lines, line => line.StartsWith("Chromium was ended: it had ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TwoBrowsersThatTakeTooMuchMemoryTogetherLoseOne()
    {
        var alone = 0L;
        await HoldingAsync(async () =>
        {
            await using var only = stack.Start();
            var first = only.RenderAsync(EmbedPeer.Dashboard);
            await UntilAsync("the first asks for its rows", () => stack.Embed.Told.Count == 1);
            await Task.Delay(TimeSpan.FromSeconds(2), Cancellation); // a start takes more for a moment
            alone = await Assert.Single(only.Service<Chromium>().Drawing).MeasureAsync();
            stack.Embed.Held!.SetResult();
            using var answer = await first;
        });
        await using var renderer = stack.Start(("Renderer:Limits:PerBrowser", "1"), ("Renderer:Limits:Megabytes", $"{alone * 7 / 5 / 1_000_000}"));
        await HoldingAsync(async () =>
        {
            var first = renderer.RenderAsync(EmbedPeer.Dashboard, more: new { tenant = "northside" });
            await UntilAsync("the first asks for its rows", () => stack.Embed.Told.Count == 1);
            var second = renderer.RenderAsync(EmbedPeer.Dashboard, more: new { tenant = "harbour" });
            using var ended = await await Task.WhenAny(first, second);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ended.StatusCode);
            Assert.Single(renderer.Log.Lines, line => line.StartsWith("Chromium was ended: it had ", StringComparison.Ordinal));
            Assert.False(first.IsCompleted && second.IsCompleted); // the other one is left alone
            stack.Embed.Held!.SetResult();
            Array.ForEach(await Task.WhenAll(first, second), answer => answer.Dispose());
        });
    }

    [Fact]
    public async Task WithoutABrowserItIsNotHealthy()
    {
        Assert.Equal(HttpStatusCode.OK, await HealthAsync(stack.Renderer));
        await using var without = stack.Start(("Renderer:Chromium", "/nonexistent/chromium"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(without));
        using var answer = await without.RenderAsync(EmbedPeer.Dashboard);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task OneTenantLeavesATurnToTheOthers()
    {
        await HoldingAsync(async () =>
        {
            var first = RenderAsync("northside", "en");
            await UntilAsync("the first asks for its rows", () => stack.Embed.Told.Count == 1);
            var second = RenderAsync("northside", "fr");
            var other = RenderAsync("harbour", "de");
            await UntilAsync("another one asks for its rows", () => stack.Embed.Told.Count == 2);
            Assert.Equal(["en", "de"], stack.Embed.Told.Select(told => told.GetProperty("language").GetString()));
            stack.Embed.Held!.SetResult();
            foreach (var answer in await Task.WhenAll(first, second, other))
            {
                using (answer)
                {
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                }
            }
        });

        Task<HttpResponseMessage> RenderAsync(string tenant, string language) => stack.Renderer.RenderAsync(EmbedPeer.Dashboard, more: new { tenant, language });
    }

    [Fact]
    public async Task BrowserIsReplacedAfterSoManyDashboardsWhoeverIsThere()
    {
        await using var renderer = stack.Start(("Renderer:Limits:PerBrowser", "1"));
        await HoldingAsync(async () =>
        {
            var first = renderer.RenderAsync(EmbedPeer.Dashboard, more: new { tenant = "northside" });
            await UntilAsync("the first asks for its rows", () => stack.Embed.Told.Count == 1);
            var before = Assert.Single(renderer.Service<Chromium>().Drawing);
            var second = renderer.RenderAsync(EmbedPeer.Dashboard, more: new { tenant = "harbour" });
            await UntilAsync("the second asks for its rows", () => stack.Embed.Told.Count == 2);
            Assert.Equal(2, renderer.Service<Chromium>().Drawing.Count());
            stack.Embed.Held!.SetResult();
            using var one = await first;
            using var other = await second;
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (one.StatusCode, other.StatusCode));
            await UntilAsync("the first browser ends", () => !before.IsConnected);
        });
    }

    private static async Task<HttpStatusCode> HealthAsync(RendererInstance renderer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        using var answer = await renderer.AskAsync(request);
        return answer.StatusCode;
    }

    private async Task HoldingAsync(Func<Task> act)
    {
        stack.Embed.Told.Clear();
        stack.Embed.Held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await act();
        }
        finally
        {
            stack.Embed.Held?.TrySetResult();
            stack.Embed.Held = null;
        }
    }

    private static async Task UntilAsync(string what, Func<bool> condition)
    {
        for (var until = DateTime.UtcNow + Patience; !condition(); await Task.Delay(50, Cancellation))
        {
            Assert.True(DateTime.UtcNow < until, $"Waited {Patience} in vain: {what}.");
        }
    }
}
