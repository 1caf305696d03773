using System.Diagnostics;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tests.Stack;
using Npgsql;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Who is answered from where, and how often Superset is asked.</summary>
public sealed class AnswerCacheTests(CacheDatabase database) : IClassFixture<CacheDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SecondAskerIsAnsweredFromMemoryAndAnotherInstanceFromTheStore()
    {
        await using var one = await CacheInstance.StartAsync(database);
        await using var other = await CacheInstance.StartAsync(database, one.Clock);
        var key = NewKey();
        var answers = new[]
        {
            await one.Answers.GetAsync(key, false, Once(one, "rows"), Cancellation),
            await one.Answers.GetAsync(key, false, Never, Cancellation),
            await other.Answers.GetAsync(key, false, Never, Cancellation),
            await other.Answers.GetAsync(key, false, Never, Cancellation),
        };
        Assert.Equal([EdgeSource.Superset, EdgeSource.Memory, EdgeSource.Store, EdgeSource.Memory], answers.Select(answer => answer.Source));
        Assert.All(answers, answer => Assert.Equal("rows", CacheInstance.Text(answer)));
    }

    [Fact]
    public async Task StoreTellsNobodyTheRowsAndShowsNobodyAnothers()
    {
        await using var one = await CacheInstance.StartAsync(database);
        await using var other = await CacheInstance.StartAsync(database, one.Clock);
        var (mine, others) = (NewKey(), NewKey());
        await one.Answers.GetAsync(mine, false, Once(one, "my rows"), Cancellation);
        await one.Answers.GetAsync(others, false, Once(one, "other rows"), Cancellation);
        var stored = await database.Database.QueryAsync("select value from api.cache where key = $1", mine.Text);
        Assert.Null(CachedAnswer.Read((byte[])stored.Single()["value"]!));

        await database.Database.ExecuteAsync(
            "update api.cache set value = (select value from api.cache where key = $2) where key = $1", mine.Text, others.Text);
        Assert.Equal("asked anew", CacheInstance.Text(await other.Answers.GetAsync(mine, false, Once(other, "asked anew"), Cancellation)));
    }

    [Fact]
    public async Task ManyAskersOnTwoInstancesAskOnce()
    {
        await using var one = await CacheInstance.StartAsync(database);
        await using var other = await CacheInstance.StartAsync(database, one.Clock);
        var key = NewKey();
        var asked = 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(index => (index % 2 == 0 ? one : other).Answers.GetAsync(key, false, AskAsync, Cancellation).AsTask()));
        Assert.Equal(1, asked);
        Assert.All(answers, answer => Assert.Equal("rows", CacheInstance.Text(answer)));

        async Task<FilledAnswer> AskAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(300, cancellationToken);
            return one.Answer("rows");
        }
    }

    [Fact]
    public async Task NobodyHoldsAConnectionWhileSupersetIsAsked()
    {
        // With one connection in all: whoever held it, idle or not, would keep this one waiting.
        await using var single = NpgsqlDataSource.Create(database.Database.ApiConnectionString + ";Maximum Pool Size=1;Timeout=5");
        await using var one = await CacheInstance.StartAsync(database, source: single);
        Assert.Equal("rows", CacheInstance.Text(await one.Answers.GetAsync(NewKey(), false, AskAsync, Cancellation)));

        async Task<FilledAnswer> AskAsync(CancellationToken cancellationToken)
        {
            await single.ExecuteAsync("select 1", [], cancellationToken);
            return one.Answer("rows");
        }
    }

    [Fact]
    public async Task QuestionOfAnInstanceThatDiedIsAskedByAnother()
    {
        await using var died = new CacheInstance(database, new TestClock());
        await using var other = await CacheInstance.StartAsync(database);
        var key = NewKey();
        Assert.True(await died.Leases.TakeAsync(key));
        Assert.False(await other.Leases.TakeAsync(key));
        var answer = await other.Answers.GetAsync(key, false, Once(other, "rows"), Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal("rows", CacheInstance.Text(answer));
    }

    [Fact]
    public async Task StaleAnswerIsShownAtOnceAndRenewedOnce()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        await one.Answers.GetAsync(key, false, Once(one, "old"), Cancellation);
        one.Clock.Advance(TimeSpan.FromMinutes(2));
        var release = new TaskCompletionSource();
        var asked = 0;
        for (var times = 0; times < 20; times++)
        {
            var stale = await one.Answers.GetAsync(key, false, AskAsync, Cancellation);
            Assert.Equal((EdgeSource.Stale, "old"), (stale.Source, CacheInstance.Text(stale)));
        }

        release.SetResult();
        await Eventually.TrueAsync("the new answer is shown", async () =>
            CacheInstance.Text(await one.Answers.GetAsync(key, false, Never, Cancellation)) == "new");
        Assert.Equal(1, asked);

        one.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal("newest", CacheInstance.Text(await one.Answers.GetAsync(key, false, Once(one, "newest"), Cancellation)));

        async Task<FilledAnswer> AskAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            await release.Task.WaitAsync(cancellationToken);
            return one.Answer("new");
        }
    }

    [Fact]
    public async Task RenewalThatFailsLeavesTheStaleAnswerUntilItsEnd()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        await one.Answers.GetAsync(key, false, Once(one, "old"), Cancellation);
        one.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var times = 0; times < 3; times++)
        {
            Assert.Equal("old", CacheInstance.Text(await one.Answers.GetAsync(key, false, Away, Cancellation)));
        }

        one.Clock.Advance(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<ProblemException>(async () => await one.Answers.GetAsync(key, false, Away, Cancellation));
    }

    [Fact]
    public async Task RenewalThatFailedIsTriedAgainAfterAPause()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        await one.Answers.GetAsync(key, false, Once(one, "old"), Cancellation);
        one.Clock.Advance(TimeSpan.FromMinutes(2));
        var asked = 0;
        var started = Stopwatch.GetTimestamp();
        for (var times = 0; times < 20; times++)
        {
            await one.Answers.GetAsync(key, false, AskAsync, Cancellation);
            await Eventually.TrueAsync("somebody has asked", () => Task.FromResult(asked > 0));
        }

        var before = asked;
        Assert.InRange(before, 1, 1 + (int)(Stopwatch.GetElapsedTime(started).TotalSeconds / 5));
        await Eventually.TrueAsync("after a pause somebody asks again", async () =>
        {
            one.Clock.Hurry(TimeSpan.FromSeconds(5));
            await one.Answers.GetAsync(key, false, AskAsync, Cancellation);
            return asked > before;
        });

        Task<FilledAnswer> AskAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            throw new ProblemException(Problems.SupersetUnavailable);
        }
    }

    [Fact]
    public async Task ForcedAnswerIsAskedAnewAndKeptForAll()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        await one.Answers.GetAsync(key, false, Once(one, "old"), Cancellation);
        Assert.Equal("new", CacheInstance.Text(await one.Answers.GetAsync(key, true, Once(one, "new"), Cancellation)));
        Assert.Equal("new", CacheInstance.Text(await one.Answers.GetAsync(key, false, Never, Cancellation)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhoeverAskedLongerTakesNoNewerAnswerBack(bool isForcedElsewhere)
    {
        await using var one = await CacheInstance.StartAsync(database);
        await using var other = await CacheInstance.StartAsync(database, one.Clock);
        var (key, asking, release) = (NewKey(), new TaskCompletionSource(), new TaskCompletionSource());
        var old = one.Answer("old");
        var slow = one.Answers.GetAsync(key, false, AskAsync, Cancellation).AsTask();
        await asking.Task.WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
        one.Clock.Advance(TimeSpan.FromSeconds(2));
        one.Clock.Elapse(TimeSpan.FromSeconds(2));
        await (isForcedElsewhere ? other : one).Answers.GetAsync(key, true, Once(one, "new"), Cancellation);
        release.SetResult();
        Assert.Equal("old", CacheInstance.Text(await slow));

        foreach (var instance in new[] { one, other })
        {
            Assert.Equal("new", CacheInstance.Text(await instance.Answers.GetAsync(key, false, Never, Cancellation)));
        }

        async Task<FilledAnswer> AskAsync(CancellationToken cancellationToken)
        {
            asking.SetResult();
            await release.Task.WaitAsync(cancellationToken);
            return old;
        }
    }

    [Fact]
    public async Task WhatAnotherInstanceHasRenewedIsNotAskedForAgain()
    {
        await using var one = await CacheInstance.StartAsync(database);
        await using var other = await CacheInstance.StartAsync(database, one.Clock);
        var (key, asked) = (NewKey(), 0);
        await one.Answers.GetAsync(key, false, Once(one, "old"), Cancellation);
        await other.Answers.GetAsync(key, false, Never, Cancellation);
        one.Clock.Advance(TimeSpan.FromMinutes(2));
        await one.Answers.GetAsync(key, false, Once(one, "new"), Cancellation);
        await Eventually.TrueAsync("one has the new answer", async () => CacheInstance.Text(await one.Answers.GetAsync(key, false, Never, Cancellation)) == "new");

        Assert.Equal("old", CacheInstance.Text(await other.Answers.GetAsync(key, false, AskAsync, Cancellation)));
        await Eventually.TrueAsync("so has the other", async () => CacheInstance.Text(await other.Answers.GetAsync(key, false, AskAsync, Cancellation)) == "new");
        Assert.Equal(0, asked);

        Task<FilledAnswer> AskAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(other.Answer("asked again"));
        }
    }

    [Fact]
    public async Task WhatMayNotBeKeptIsAskedEachTime()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        Assert.Equal("first", CacheInstance.Text(await one.Answers.GetAsync(key, false, _ => Task.FromResult(one.Answer("first", keep: false)), Cancellation)));
        Assert.Equal("second", CacheInstance.Text(await one.Answers.GetAsync(key, false, Once(one, "second"), Cancellation)));
    }

    [Fact]
    public async Task FailureIsSharedByThoseWhoWaitAndForgottenAfterwards()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        var asked = 0;
        var waits = Enumerable.Range(0, 20).Select(_ => one.Answers.GetAsync(key, false, FailAsync, Cancellation).AsTask()).ToArray();
        foreach (var wait in waits)
        {
            Assert.Equal(Problems.SupersetUnavailable, (await Assert.ThrowsAsync<ProblemException>(() => wait)).Problem);
        }

        Assert.Equal(1, asked);
        Assert.Equal("rows", CacheInstance.Text(await one.Answers.GetAsync(key, false, Once(one, "rows"), Cancellation)));

        async Task<FilledAnswer> FailAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(200, cancellationToken);
            throw new ProblemException(Problems.SupersetUnavailable);
        }
    }

    [Fact]
    public async Task RefusalIsForTheTokenThatAskedAlone()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        var refused = one.Answers.GetAsync(key, false, RefuseAsync, Cancellation).AsTask();
        var other = one.Answers.GetAsync(key, false, Once(one, "rows"), Cancellation).AsTask();
        Assert.Equal(Problems.NoGuestToken, (await Assert.ThrowsAsync<ProblemException>(() => refused)).Problem);
        Assert.Equal("rows", CacheInstance.Text(await other));

        async Task<FilledAnswer> RefuseAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(200, cancellationToken);
            throw new ProblemException(Problems.NoGuestToken);
        }
    }

    [Fact]
    public async Task AfterARefusalOneOfThoseWhoWaitAsksForTheRest()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        var (asked, release) = (0, new TaskCompletionSource());
        var refused = one.Answers.GetAsync(key, false, RefuseAsync, Cancellation).AsTask();
        var others = Enumerable.Range(0, 50).Select(_ => one.Answers.GetAsync(key, false, AskAsync, Cancellation).AsTask()).ToArray();
        release.SetResult();
        await Assert.ThrowsAsync<ProblemException>(() => refused);
        Assert.All(await Task.WhenAll(others), answer => Assert.Equal("rows", CacheInstance.Text(answer)));
        Assert.Equal(1, asked);

        async Task<FilledAnswer> RefuseAsync(CancellationToken cancellationToken)
        {
            await release.Task.WaitAsync(cancellationToken);
            throw new ProblemException(Problems.Forbidden);
        }

        Task<FilledAnswer> AskAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(one.Answer("rows"));
        }
    }

    [Fact]
    public async Task PageThatIsClosedEndsNobodyElsesWait()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var key = NewKey();
        var release = new TaskCompletionSource();
        using var closed = new CancellationTokenSource();
        var first = one.Answers.GetAsync(key, false, AskAsync, closed.Token).AsTask();
        var second = one.Answers.GetAsync(key, false, Never, Cancellation).AsTask();
        await closed.CancelAsync();
        Assert.Equal(Problems.SupersetUnavailable, (await Assert.ThrowsAsync<ProblemException>(() => first)).Problem); // whether closed, or too slow
        release.SetResult();
        Assert.Equal("rows", CacheInstance.Text(await second));

        async Task<FilledAnswer> AskAsync(CancellationToken cancellationToken)
        {
            await release.Task.WaitAsync(cancellationToken);
            return one.Answer("rows");
        }
    }

    [Fact]
    public async Task StoreThatHangsOrFailsDelaysAndBreaksNothing()
    {
        await using var one = await CacheInstance.StartAsync(database, store: new BrokenStore());
        for (var times = 0; times < 5; times++)
        {
            var answer = await one.Answers.GetAsync(NewKey(), false, Once(one, "rows"), Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
            Assert.Equal("rows", CacheInstance.Text(answer));
        }
    }

    [Fact]
    public async Task MemoryIsBounded()
    {
        await using var one = await CacheInstance.StartAsync(database);
        var large = new byte[256 * 1024];
        for (var number = 0; number < 200; number++)
        {
            one.Memory.Keep(NewKey(), one.Answer("x").Kept! with { Body = large });
        }

        Assert.InRange(one.Memory.Bytes, 1, CacheDatabase.Settings.MemoryBytes);
        await Eventually.TrueAsync("new answers find room", () =>
        {
            var key = NewKey();
            one.Memory.Keep(key, one.Answer("x").Kept!);
            return Task.FromResult(one.Memory.Find(key) is not null);
        });
    }

    private static CacheKey NewKey() => new($"edge:{Guid.NewGuid()}");

    private static Func<CancellationToken, Task<FilledAnswer>> Once(CacheInstance instance, string text)
    {
        var asked = 0;
        return _ => Interlocked.Increment(ref asked) == 1
            ? Task.FromResult(instance.Answer(text))
            : throw new InvalidOperationException("Superset was asked twice.");
    }

    private static Task<FilledAnswer> Never(CancellationToken cancellationToken) => throw new InvalidOperationException("Superset was asked.");

    private static Task<FilledAnswer> Away(CancellationToken cancellationToken) => throw new ProblemException(Problems.SupersetUnavailable);
}
