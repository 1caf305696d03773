using System.Diagnostics;
using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Exchange;

/// <summary>Ends and renewals, of the browser's token and of Superset's, and rotations of both secrets.</summary>
public sealed class TokenTimeTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    [Fact]
    public async Task TokenIsHonouredAMinuteBeyondWhatItSays()
    {
        var token = await api.TokenAsync(new TestPerson());
        api.Clock.Advance(TimeSpan.FromSeconds(270));
        using var late = await api.ReadAsync(token);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);

        api.Clock.Advance(TimeSpan.FromSeconds(40));
        using var over = await api.ReadAsync(token);
        await over.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TokenThatOpensNothingCostsNoStatementHoweverOftenItIsShown(bool isOver)
    {
        var token = await api.TokenAsync(new TestPerson());
        var instance = api.StartInstance(); // one that has never seen it
        if (isOver)
        {
            api.Clock.Advance(TimeSpan.FromMinutes(6.5));
        }
        else
        {
            await api.Database.ExecuteAsync("delete from api.edge_grants");
            using var first = await api.ReadAsync(token, instance);
            Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        }

        await using var held = await api.Database.LockAsync("api.edge_grants");
        for (var request = 0; request < 50; request++)
        {
            using var answer = await api.ReadAsync(token, instance).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
            await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
        }
    }

    [Fact]
    public async Task SupersetsTokenIsRenewedAheadWhileRequestsGoOn()
    {
        var token = await api.TokenAsync(new TestPerson());
        using var first = await api.ReadAsync(token);
        var (mints, before) = (api.Superset.Mints, api.Superset.LastSeen!.Headers["X-GuestToken"]);

        api.Clock.Advance(TimeSpan.FromSeconds(160));
        using var second = await api.ReadAsync(token);
        Assert.Equal(before, api.Superset.LastSeen.Headers["X-GuestToken"]);

        await Eventually.TrueAsync("Superset's token was renewed", async () =>
        {
            using var answer = await api.ReadAsync(token);
            return api.Superset.LastSeen.Headers["X-GuestToken"] != before;
        });
        Assert.Equal(1, api.Superset.Mints - mints);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task TokenThatSupersetNoLongerTakesIsReplacedOnceAtWhateverAge(int seconds)
    {
        var token = await api.TokenAsync(new TestPerson());
        using var first = await api.ReadAsync(token);
        var (mints, old) = (api.Superset.Mints, api.Superset.LastSeen!.Headers["X-GuestToken"]);
        api.Clock.Advance(TimeSpan.FromSeconds(seconds));
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = context.Request.Headers["X-GuestToken"] == old ? 401 : 200;
            return Task.CompletedTask;
        };
        try
        {
            // A page's charts ask at once.
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => api.ReadAsync(token))))
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                answer.Dispose();
            }

            Assert.Equal("""{"queries":[]}""", api.Superset.LastSeen.Body);
            Assert.Equal(1, api.Superset.Mints - mints);
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task SupersetThatTakesNoTokenIsNotAskedForEver()
    {
        var token = await api.TokenAsync(new TestPerson());
        api.Clock.Advance(TimeSpan.FromSeconds(30));
        var (asked, mints, started) = (0, api.Superset.Mints, Stopwatch.GetTimestamp());
        api.Superset.Answer = context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        try
        {
            for (var request = 1; request <= 3; request++)
            {
                using var answer = await api.ReadAsync(token);
                await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
            }

            var made = api.Superset.Mints - mints;
            Assert.InRange(made, 1, 1 + (int)(Stopwatch.GetElapsedTime(started).TotalSeconds / 5)); // none within five seconds of the last
            Assert.Equal(3 + made, asked);
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task TokenUnderThePreviousKeyGoesOn()
    {
        var token = await api.TokenAsync(new TestPerson());
        await File.WriteAllTextAsync(api.EdgeTokenKeyFile, $"another-edge-token-key-0123456789\n{ApiFixture.EdgeTokenKey}\n", TestContext.Current.CancellationToken);
        using var overlap = await api.ReadAsync(token);
        Assert.Equal(HttpStatusCode.OK, overlap.StatusCode);

        await File.WriteAllTextAsync(api.EdgeTokenKeyFile, "another-edge-token-key-0123456789\n", TestContext.Current.CancellationToken);
        using var withdrawn = await api.ReadAsync(token);
        await withdrawn.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");

        await File.WriteAllTextAsync(api.EdgeTokenKeyFile, ApiFixture.EdgeTokenKey, TestContext.Current.CancellationToken);
        using var back = await api.ReadAsync(token);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }
}
