using System.Collections.Frozen;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// Holds in memory what decides whether a kept answer still holds, and reads it again when Postgres tells of a change.
/// Without word from Postgres for ten seconds nothing is answered from the cache.
/// </summary>
internal sealed class CacheFactsSource(NpgsqlDataSource database, ChannelFollower follower, AnswerMemory memory, TimeProvider time) : BackgroundService
{
    private const string Versions = """
        select coalesce(string_agg(name || '=' || version, ' ' order by name), '') from shared.data_version where name in ('superset', 'clinic')
        """;

    private const string Drops = "select kind, value, version, dropped_at from api.cache_drops";
    private const string Keys = "select kind, id, key from shared.catalog_ids";

    private const string Drop = """
        insert into api.cache_drops (kind, value) values ($1, $2)
        on conflict (kind, value) do update set version = cache_drops.version + 1, dropped_at = now()
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile CacheFacts? _facts;
    private long _confirmedAt;

    /// <summary>Null where too long nothing has been heard of Postgres.</summary>
    public CacheFacts? Current => _facts is { } facts && time.GetElapsedTime(Volatile.Read(ref _confirmedAt)) < Held ? facts : null;

    /// <summary>Drops what is kept: here from the next request on, on other instances within a second.</summary>
    /// <param name="kind">One of <see cref="DropKind"/>.</param>
    /// <param name="value">The key of the tenant, dataset or dashboard.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task DropAsync(string kind, string value, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(Drop, [kind, value], cancellationToken);
        await ReadAsync(connection, cancellationToken);
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        follower.FollowAsync(["data_version", "cache_drops", "catalog_ids"], Poll, FollowAsync, stoppingToken);

    private async Task FollowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        await ReadAsync(connection, cancellationToken);
        Volatile.Write(ref _confirmedAt, now);
    }

    // In turns: a read that began earlier must not replace what a later one found.
    private async Task ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var version = (await connection.QueryAsync(Versions, [], row => row.GetString(0), cancellationToken))[0];
            var drops = await connection.QueryAsync(
                Drops, [], row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), new CacheFacts.Drop(row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3))),
                cancellationToken);
            var keys = await connection.QueryAsync(
                Keys, [], row => KeyValuePair.Create((row.GetString(0), row.GetInt32(1)), row.GetString(2)), cancellationToken);
            Replace(new CacheFacts(version, drops.ToFrozenDictionary(), keys.ToFrozenDictionary(), time.GetTimestamp()));
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Replace(CacheFacts read)
    {
        var before = _facts;
        if (before is not null && before.DataVersion == read.DataVersion)
        {
            _facts = read with { ChangedAt = before.ChangedAt };
            return;
        }

        _facts = read;
        memory.Clear(); // nobody will ask for these again
    }
}
