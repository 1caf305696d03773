using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Tenancy;

/// <summary>
/// Holds the tenants' records in memory and reads them again when Postgres tells of a change, at the latest after two
/// seconds. Nothing older than ten seconds counts. A key that is unknown is looked for after one: a tenant that was just
/// added works at once. One that is disabled is no tenant.
/// </summary>
internal sealed class TenantDirectory : BackgroundService
{
    private const string Enabled = "select key, name, kind, isolation, database, schema, accent from shared.tenants where enabled";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeldMiss = TimeSpan.FromSeconds(1);
    private readonly NpgsqlDataSource _database;
    private readonly ChannelFollower _follower;
    private readonly TimeProvider _time;
    private readonly SharedRead<Snapshot> _reads;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Snapshot? _snapshot;

    public TenantDirectory(NpgsqlDataSource database, ChannelFollower follower, TimeProvider time)
    {
        (_database, _follower, _time) = (database, follower, time);
        _reads = new(ReadAsync);
    }

    public async Task<Tenant?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (_snapshot is { } last && last.Tenants.GetValueOrDefault(key) is var known && _time.GetUtcNow() - last.ReadAt < (known is null ? HeldMiss : Held))
        {
            return known;
        }

        return (await _reads.JoinAsync(cancellationToken)).Tenants.GetValueOrDefault(key);
    }

    /// <summary>Whether there is such a tenant, disabled or not.</summary>
    public async Task<bool> IsKnownAsync(string key, CancellationToken cancellationToken) =>
        (await _database.QueryAsync("select 1 from shared.tenants where key = $1", [key], row => row.GetInt32(0), cancellationToken)).Count > 0;

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _follower.FollowAsync(["tenants"], Poll, ReadAsync, stoppingToken);

    private async Task<Snapshot> ReadAsync()
    {
        await using var connection = await _database.OpenConnectionAsync(CancellationToken.None);
        return await ReadAsync(connection, CancellationToken.None);
    }

    // In turns: a read that began earlier must not replace what a later one found.
    private async Task<Snapshot> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = _time.GetUtcNow();
            var rows = await connection.QueryAsync(Enabled, [], Read, cancellationToken);
            return _snapshot = new Snapshot(rows.ToDictionary(tenant => tenant.Key, StringComparer.Ordinal), now);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static Tenant Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1),
        Enum.Parse<TenantKind>(row.GetString(2), ignoreCase: true),
        Enum.Parse<TenantIsolation>(row.GetString(3), ignoreCase: true),
        row.GetString(4), row.GetString(5))
    { Accent = row.IsDBNull(6) ? null : row.GetString(6) };

    private sealed record Snapshot(IReadOnlyDictionary<string, Tenant> Tenants, DateTimeOffset ReadAt);
}
