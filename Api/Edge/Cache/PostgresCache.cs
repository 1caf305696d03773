using EmbedStack.Api.Persistence;
using Microsoft.Extensions.Caching.Distributed;
using Npgsql;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// .NET's distributed cache on an unlogged table: quick to write, empty after Postgres crashed. Another store takes its
/// place by one registration; Microsoft's own package for Postgres does not restore everywhere this builds.
/// </summary>
internal sealed class PostgresCache(NpgsqlDataSource database, TimeProvider time) : IDistributedCache
{
    private const string Find = "select value, sliding from api.cache where key = $1 and expires_at > $2";

    private const string Slide = "update api.cache set expires_at = $2 + sliding where key = $1 and sliding is not null and expires_at > $2";

    private const string Put = """
        insert into api.cache (key, value, expires_at, sliding, stored_at) values ($1, $2, $3, $4::interval, $5)
        on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at, sliding = excluded.sliding, stored_at = excluded.stored_at
        """;

    private static readonly TimeSpan Unsaid = TimeSpan.FromHours(1);

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        var found = await database.QueryAsync(Find, [key, time.GetUtcNow()], row => (Value: (byte[])row[0], Slides: !row.IsDBNull(1)), token);
        if (found is [{ Slides: true }])
        {
            await RefreshAsync(key, token);
        }

        return found is [var entry] ? entry.Value : null;
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        var now = time.GetUtcNow();
        var expires = options.AbsoluteExpiration ?? now + (options.AbsoluteExpirationRelativeToNow ?? options.SlidingExpiration ?? Unsaid);
        return database.ExecuteAsync(Put, [key, value, expires.ToUniversalTime(), options.SlidingExpiration, now], token);
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => database.ExecuteAsync(Slide, [key, time.GetUtcNow()], token);

    public Task RemoveAsync(string key, CancellationToken token = default) => database.ExecuteAsync("delete from api.cache where key = $1", [key], token);

    public byte[]? Get(string key) => GetAsync(key).GetAwaiter().GetResult();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => SetAsync(key, value, options).GetAwaiter().GetResult();

    public void Refresh(string key) => RefreshAsync(key).GetAwaiter().GetResult();

    public void Remove(string key) => RemoveAsync(key).GetAwaiter().GetResult();
}
