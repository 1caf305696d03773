using System.Collections.Concurrent;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// Which instance asks for an answer that none has: a row that ends by itself unless it is renewed, so that nobody holds a
/// connection for as long as Superset takes, nor waits for an instance that died. Those who wait are told by NOTIFY.
/// </summary>
internal sealed class FlightLeases(NpgsqlDataSource database, ChannelFollower follower, ILogger<FlightLeases> logger, TimeSpan? patience = null) : BackgroundService
{
    private const string Take = """
        insert into api.cache_flights as flights (key, owner, expires_at) values ($1, $2, now() + interval '6 seconds')
        on conflict (key) do update set owner = excluded.owner, expires_at = excluded.expires_at where flights.expires_at < now()
        """;

    private const string Renew = "update api.cache_flights set expires_at = now() + interval '6 seconds' where key = $1 and owner = $2";

    private const string Release = """
        with released as (delete from api.cache_flights where key = $1 and owner = $2 returning key)
        select pg_notify('cache_flights', '') from released
        """;

    private const string Running = "select key from api.cache_flights where key = any($1) and expires_at > now()";

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly StoreGuard _guard = new("The table of running questions", logger, patience);
    private readonly Guid _owner = Guid.NewGuid();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);

    /// <summary>How often a lease is to be renewed.</summary>
    public static TimeSpan RenewEvery { get; } = TimeSpan.FromSeconds(2);

    /// <returns>Whether this instance is to ask: also where nobody can say.</returns>
    public Task<bool> TakeAsync(CacheKey key) =>
        _guard.TryAsync(async token => await database.ExecuteAsync(Take, [key.Text, _owner], token) == 1, otherwise: true);

    public Task RenewAsync(CacheKey key) => RunAsync(Renew, key);

    public Task ReleaseAsync(CacheKey key) => RunAsync(Release, key);

    /// <summary>Until whoever asks has the answer, or has given up, or two seconds are over.</summary>
    public Task WaitAsync(CacheKey key) =>
        Task.WhenAny(_awaited.GetOrAdd(key.Text, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task, Task.Delay(Poll * 2));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => follower.FollowAsync(["cache_flights"], Poll, TellAsync, stoppingToken);

    private Task<int> RunAsync(string sql, CacheKey key) =>
        _guard.TryAsync(async token => await database.ExecuteAsync(sql, [key.Text, _owner], token), 0);

    private async Task TellAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var keys = _awaited.Keys.ToArray();
        if (keys.Length == 0)
        {
            return;
        }

        var running = await connection.QueryAsync(Running, [keys], row => row.GetString(0), cancellationToken);
        foreach (var key in keys.Except(running, StringComparer.Ordinal))
        {
            if (_awaited.TryRemove(key, out var waiting))
            {
                waiting.TrySetResult();
            }
        }
    }
}
