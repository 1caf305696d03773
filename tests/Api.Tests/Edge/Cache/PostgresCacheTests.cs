using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>.NET's distributed cache on Postgres.</summary>
public sealed class PostgresCacheTests(CacheDatabase database) : IClassFixture<CacheDatabase>
{
    private readonly TestClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PostgresCache Cache => new(database.Source, _clock);

    [Fact]
    public async Task WhatWasSetIsFoundUntilItIsOver()
    {
        var key = NewKey();
        await Cache.SetAsync(key, [1], Until(TimeSpan.FromMinutes(1)), Cancellation);
        await Cache.SetAsync(key, [2, 3], Until(TimeSpan.FromMinutes(2)), Cancellation);
        Assert.Equal([2, 3], await Cache.GetAsync(key, Cancellation));
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Null(await Cache.GetAsync(key, Cancellation));
    }

    [Fact]
    public async Task WhatIsAskedForSlides()
    {
        var key = NewKey();
        await Cache.SetAsync(key, [1], new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(10) }, Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(8));
        Assert.NotNull(await Cache.GetAsync(key, Cancellation));
        _clock.Advance(TimeSpan.FromMinutes(8));
        Assert.NotNull(await Cache.GetAsync(key, Cancellation));
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(await Cache.GetAsync(key, Cancellation));
    }

    [Fact]
    public async Task WhatIsRemovedIsGone()
    {
        var key = NewKey();
        await Cache.SetAsync(key, [1], Until(TimeSpan.FromMinutes(1)), Cancellation);
        await Cache.RemoveAsync(key, Cancellation);
        Assert.Null(await Cache.GetAsync(key, Cancellation));
    }

    [Fact]
    public async Task SweepTakesWhatIsOverWhatIsReplacedAndWhatIsTooMuch()
    {
        await database.Database.ExecuteAsync("truncate api.cache");
        var over = NewKey();
        await Cache.SetAsync(over, [1], Until(TimeSpan.FromMinutes(-1)), Cancellation);
        await Cache.SetAsync("edge:replaced", [1], Until(TimeSpan.FromMinutes(30)), Cancellation);
        await Cache.SetAsync("other:stays", [1], Until(TimeSpan.FromMinutes(30)), Cancellation);
        await database.Database.ExecuteAsync(
            "insert into shared.data_version (name, changed_at) values ('clinic', now() + interval '1 second') on conflict (name) do update set changed_at = excluded.changed_at");
        _clock.Advance(TimeSpan.FromSeconds(5));
        for (var number = 0; number < 5; number++)
        {
            await Cache.SetAsync($"edge:{number}", new byte[300 * 1024], Until(TimeSpan.FromMinutes(10 + number)), Cancellation);
        }

        using var sweeper = new PostgresCacheSweeper(database.Source, CacheDatabase.Settings, _clock, NullLogger<PostgresCacheSweeper>.Instance);
        await sweeper.SweepAsync(Cancellation);
        var keys = await database.Database.QueryAsync("select key from api.cache order by key");
        Assert.Equal(["edge:3", "edge:4", "other:stays"], keys.Select(row => row["key"]).Except(["edge:2"]));
        Assert.InRange(keys.Count, 3, 4);
    }

    [Fact]
    public async Task TenantBeyondItsShareGivesUpItsOwn()
    {
        await database.Database.ExecuteAsync("truncate api.cache");
        _clock.Advance(TimeSpan.FromSeconds(5)); // past the versions of the other tests
        await Cache.SetAsync("edge:calm:1", new byte[100 * 1024], Until(TimeSpan.FromMinutes(1)), Cancellation);
        for (var number = 0; number < 10; number++)
        {
            await Cache.SetAsync($"edge:storm:{number}", new byte[300 * 1024], Until(TimeSpan.FromHours(1)), Cancellation);
        }

        using var sweeper = new PostgresCacheSweeper(database.Source, CacheDatabase.Settings, _clock, NullLogger<PostgresCacheSweeper>.Instance);
        await sweeper.SweepAsync(Cancellation);
        var keys = (await database.Database.QueryAsync("select key from api.cache")).Select(row => (string)row["key"]!).ToArray();
        Assert.Contains("edge:calm:1", keys);
        Assert.InRange(keys.Length, 2, 3);
    }

    [Fact]
    public async Task TableIsUnloggedAndTheApisAlone()
    {
        var table = Assert.Single(await database.Database.QueryAsync(
            "select relpersistence::text, relacl::text from pg_class where oid = 'api.cache'::regclass"));
        Assert.Equal(("u", null), (table["relpersistence"], table["relacl"]));
    }

    private static string NewKey() => Guid.NewGuid().ToString();

    private DistributedCacheEntryOptions Until(TimeSpan life) => new() { AbsoluteExpiration = _clock.GetUtcNow() + life };
}
