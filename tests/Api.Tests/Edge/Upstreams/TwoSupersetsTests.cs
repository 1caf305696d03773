using System.Net;
using System.Text;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Edge.Upstreams;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.Api.Tests.Edge.Upstreams;

/// <summary>An Api with two instances of Superset behind it, one of which goes away.</summary>
public sealed class TwoSupersetsTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>, IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SupersetPeer _second = new(FreePorts.Take(1)[0], api.Clock, api.Superset);
    private ApiInstance _instance = null!;

    public async ValueTask InitializeAsync()
    {
        await _second.StartAsync();
        _instance = api.StartInstance(("services:superset:http:1", _second.Address));
    }

    public async ValueTask DisposeAsync()
    {
        (api.Superset.Away, api.Superset.Hanging, api.Superset.Answer) = (false, false, null);
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task EdgeAsksBothAndNobodyNoticesThatOneIsAwayUntilItIsUsedAgain()
    {
        var token = await api.TokenAsync(new TestPerson());
        var before = api.Superset.Seen;
        await AskAsync(token, 6);
        var first = api.Superset.Seen;
        Assert.Equal((3, 3), (first - before, _second.Seen));

        api.Superset.Away = true;
        await AskAsync(token, 10);
        Assert.Equal(first, api.Superset.Seen);

        api.Superset.Away = false;
        await Eventually.TrueAsync("the first is used again", async () =>
        {
            await AskAsync(token, 2);
            return api.Superset.Seen > first;
        });
    }

    [Fact]
    public async Task TokensAreMadeByWhicheverIsThere()
    {
        api.Superset.Away = true;
        using var browser = ApiFixture.NewBrowser(_instance);
        (await browser.SignInAsync(api.Keycloak, new TestPerson { Organizations = ["harbour"] })).Dispose();
        var before = _second.Mints;
        using var answer = await api.ReadAsync(await ExchangeFixture.TokenAsync(browser), _instance);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before + 1, _second.Mints);
    }

    [Fact]
    public async Task ChartWhoseInstanceDiesOverItsRowsIsAskedOfTheOtherOnceItsRoomIsFree()
    {
        // Two of them have no room at once.
        var rows = Encoding.UTF8.GetBytes($$"""{"result":[{"data":[],"text":"{{new string('x', 15 * Megabyte)}}"}]}""");
        var died = 0;
        api.Superset.Answer = async context =>
        {
            Interlocked.Increment(ref died);
            context.Response.ContentLength = rows.Length;
            await context.Response.Body.WriteAsync(rows.AsMemory(0, 100_000));
            context.Abort();
        };
        _second.Answer = context =>
        {
            context.Response.ContentLength = rows.Length;
            return context.Response.Body.WriteAsync(rows).AsTask();
        };
        var token = await api.TokenAsync(new TestPerson());
        for (var asked = 0; asked < 4; asked++)
        {
            using var answer = await api.ReadAsync(token, _instance).WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(rows.Length, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
        }

        Assert.NotEqual(0, died);
        Assert.Equal(0, _instance.Services.GetRequiredService<SupersetQueue>().Working);
    }

    [Fact]
    public async Task InstanceThatIsSilentIsGivenUpWithWhatWaitsForIt()
    {
        var token = await api.TokenAsync(new TestPerson());
        await AskAsync(token, 2);
        api.Superset.Hanging = true;

        // Some of these wait for it until it is given up; all are answered.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(token, 1))).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Contains(_instance.Services.GetRequiredService<SupersetInstances>().All, one => one.IsAway);
    }

    [Fact]
    public async Task WhereBothAreAwayThatIsSaid()
    {
        var token = await api.TokenAsync(new TestPerson());
        await AskAsync(token, 1);
        api.Superset.Away = _second.Away = true;
        using var answer = await api.ReadAsync(token, _instance);
        await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public void BothWorkOnTwiceAsManyRequests() => Assert.Equal(
        (16, 32), (api.Service<EdgeLimits>().Superset, _instance.Services.GetRequiredService<EdgeLimits>().Superset));

    private async Task AskAsync(string token, int times)
    {
        for (var asked = 0; asked < times; asked++)
        {
            using var answer = await api.ReadAsync(token, _instance);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }
    }
}
