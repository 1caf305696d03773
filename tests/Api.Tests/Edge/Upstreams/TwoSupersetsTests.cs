using System.Net;
using System.Text;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Edge.Upstreams;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Postgres;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbedStack.Api.Tests.Edge.Upstreams;

/// <summary>An Api with two instances of Superset behind it, one of which goes away.</summary>
public sealed class TwoSupersetsTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>, IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SupersetPeer _second = new(FreePorts.Take(1)[0], api.Clock, api.Superset);
    private readonly TestClock _clock = new(); // of how long Superset is silent alone
    private ApiInstance _instance = null!;

    private SupersetInstances Instances => _instance.Services.GetRequiredService<SupersetInstances>();

    public async ValueTask InitializeAsync()
    {
        await _second.StartAsync();
        _instance = api.StartInstance(
            services => services.AddSingleton(provider =>
                new SupersetInstances(provider.GetRequiredService<IConfiguration>(), _clock, provider.GetRequiredService<ILogger<SupersetInstances>>())),
            ("services:superset:http:1", _second.Address));
    }

    public async ValueTask DisposeAsync()
    {
        (api.Superset.Away, api.Superset.Silent, api.Superset.Answer) = (false, false, null);
        await _instance.DisposeAsync();
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InstanceThatIsSilentIsAskedNothingNewAndGivenUpOnlyAfterLong(bool isLong)
    {
        var token = await api.TokenAsync(new TestPerson());
        var (late, working) = (new TaskCompletionSource(), 0);
        api.Superset.Silent = true;
        api.Superset.Answer = async context =>
        {
            Interlocked.Increment(ref working);
            await late.Task.WaitAsync(Patience, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(new { }, context.RequestAborted);
        };
        var asking = Enumerable.Range(0, 2).Select(_ => AskAsync(token, 1)).ToArray();
        await Eventually.TrueAsync("one of them is in work", () => Task.FromResult(Volatile.Read(ref working) == 1));
        await Task.WhenAny(asking).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await HurriedAsync("it is known to be silent", () => Instances.All[0].State == InstanceState.Silent);
        await AskAsync(token, 4);
        Assert.Equal((1, 5), (Volatile.Read(ref working), _second.Seen));

        if (isLong)
        {
            _clock.Elapse(TimeSpan.FromSeconds(60));
            await Task.WhenAll(asking).WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Equal((1, 6), (working, _second.Seen));
            return;
        }

        late.SetResult();
        await Task.WhenAll(asking).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((1, 5), (working, _second.Seen));
    }

    [Fact]
    public async Task QuestionThatEndsWhoeverAnswersItEndsTwoAtMost()
    {
        var token = await api.TokenAsync(new TestPerson());
        var asked = 0;
        api.Superset.Answer = _second.Answer = async context =>
        {
            if (Interlocked.Increment(ref asked) % 2 == 0)
            {
                await BreakOffAsync(context);
                return;
            }

            context.Abort();
        };
        using var answer = await api.ReadAsync(token, _instance);
        await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task OneAloneIsNotAskedAgainWhatItDiedOver()
    {
        var token = await api.TokenAsync(new TestPerson());
        var asked = 0;
        api.Superset.Answer = async context =>
        {
            Interlocked.Increment(ref asked);
            await BreakOffAsync(context);
        };
        using var answer = await api.ReadAsync(token);
        await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("/oauth-authorized/keycloak?code=once", 1)]
    [InlineData("/logout/", 1)]
    [InlineData("/api/v1/chart/1", 2)]
    [InlineData("/static/assets/entry.js", 2)]
    public async Task WhatAnAuthorsAddressDoesIsDoneOnce(string address, int times)
    {
        var asked = 0;
        api.Superset.Answer = _second.Answer = context =>
        {
            Interlocked.Increment(ref asked);
            context.Abort();
            return Task.CompletedTask;
        };
        using var author = new Browser(_instance.AuthorsPort, ApiFixture.AuthorsOrigin);
        using var answer = await author.GetAsync(address);
        await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        Assert.Equal(times, asked);
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

    // What is sent arrives, unlike before an abort.
    private static Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentLength = Megabyte;
        return context.Response.WriteAsync("less than that");
    }

    private Task HurriedAsync(string what, Func<bool> condition) => Eventually.TrueAsync(what, () =>
    {
        api.Clock.Hurry(TimeSpan.FromSeconds(5));
        return Task.FromResult(condition());
    });

    private async Task AskAsync(string token, int times)
    {
        for (var asked = 0; asked < times; asked++)
        {
            using var answer = await api.ReadAsync(token, _instance);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }
    }
}
