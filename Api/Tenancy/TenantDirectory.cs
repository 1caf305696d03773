using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Tenancy;

/// <summary>
/// The tenants' records, read again after at most ten seconds, and after one for a key that is unknown: a tenant that was
/// just added works at once. One that is disabled is no tenant.
/// </summary>
internal sealed class TenantDirectory
{
    private const string Enabled = "select key, name, kind, isolation, database, schema, accent from shared.tenants where enabled";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FreshMiss = TimeSpan.FromSeconds(1);
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly SharedRead<Snapshot> _reads;
    private volatile Snapshot? _snapshot;

    public TenantDirectory(NpgsqlDataSource database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _reads = new(ReadAsync);
    }

    public async Task<Tenant?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (_snapshot is { } last && last.Tenants.GetValueOrDefault(key) is var known && _time.GetUtcNow() - last.ReadAt < (known is null ? FreshMiss : Fresh))
        {
            return known;
        }

        return (await _reads.JoinAsync(cancellationToken)).Tenants.GetValueOrDefault(key);
    }

    /// <summary>Whether there is such a tenant, disabled or not.</summary>
    public async Task<bool> IsKnownAsync(string key, CancellationToken cancellationToken) =>
        (await _database.QueryAsync("select 1 from shared.tenants where key = $1", [key], row => row.GetInt32(0), cancellationToken)).Count > 0;

    private async Task<Snapshot> ReadAsync()
    {
        var now = _time.GetUtcNow();
        var rows = await _database.QueryAsync(Enabled, [], Read, CancellationToken.None);
        return _snapshot = new Snapshot(rows.ToDictionary(tenant => tenant.Key, StringComparer.Ordinal), now);
    }

    private static Tenant Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1),
        Enum.Parse<TenantKind>(row.GetString(2), ignoreCase: true),
        Enum.Parse<TenantIsolation>(row.GetString(3), ignoreCase: true),
        row.GetString(4), row.GetString(5)) { Accent = row.IsDBNull(6) ? null : row.GetString(6) };

    private sealed record Snapshot(IReadOnlyDictionary<string, Tenant> Tenants, DateTimeOffset ReadAt);
}
