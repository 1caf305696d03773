using EmbedStack.Api.Edge;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>One instance's cache: memory of its own, the rest shared.</summary>
internal sealed class CacheInstance : IAsyncDisposable
{
    // A machine that is busy is no store that hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public CacheInstance(CacheDatabase database, TestClock clock, IDistributedCache? store = null, NpgsqlDataSource? source = null)
    {
        Clock = clock;
        Memory = new AnswerMemory(CacheDatabase.Settings);
        Leases = new FlightLeases(source ?? database.Source, database.Follower, NullLogger<FlightLeases>.Instance, Patience);
        var shared = store is null
            ? new AnswerStore(new PostgresCache(source ?? database.Source, clock), database.Protection, NullLogger<AnswerStore>.Instance, Patience)
            : new AnswerStore(store, database.Protection, NullLogger<AnswerStore>.Instance);
        Answers = new AnswerCache(Memory, shared, Leases, clock);
    }

    public TestClock Clock { get; }

    public AnswerMemory Memory { get; }

    public FlightLeases Leases { get; }

    public AnswerCache Answers { get; }

    public static async Task<CacheInstance> StartAsync(CacheDatabase database, TestClock? clock = null, IDistributedCache? store = null, NpgsqlDataSource? source = null)
    {
        var instance = new CacheInstance(database, clock ?? new TestClock(), store, source);
        await instance.Leases.StartAsync(CancellationToken.None);
        return instance;
    }

    public FilledAnswer Answer(string text, bool keep = true, TimeSpan? freshFor = null)
    {
        var now = Clock.GetUtcNow();
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var fresh = now + (freshFor ?? TimeSpan.FromMinutes(1));
        var kept = new CachedAnswer(Brotli.Compress(bytes), bytes.Length, 1, now, fresh, fresh + TimeSpan.FromMinutes(5));
        return new FilledAnswer(bytes, 1, keep ? kept : null, EdgeSource.Superset);
    }

    public static string Text(FilledAnswer filled) => System.Text.Encoding.UTF8.GetString(
        filled.Original.Length > 0 ? filled.Original.Span : Unpacked.Of(filled.Kept!));

    public async ValueTask DisposeAsync()
    {
        await Leases.StopAsync(CancellationToken.None);
        Leases.Dispose();
        Memory.Dispose();
    }
}
