using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Tenancy;

/// <summary>The tenants' records, read again after at most ten seconds.</summary>
internal sealed class TenantDirectory(NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Dictionary<string, Tenant> _tenants = [];
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public async Task<Tenant?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (now - _readAt >= Fresh)
            {
                var rows = await database.QueryAsync("select key, name, kind, isolation from api.tenants", [], Read, cancellationToken);
                (_tenants, _readAt) = (rows.ToDictionary(tenant => tenant.Key, StringComparer.Ordinal), now);
            }

            return _tenants.GetValueOrDefault(key);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static Tenant Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1),
        Enum.Parse<TenantKind>(row.GetString(2), ignoreCase: true),
        Enum.Parse<TenantIsolation>(row.GetString(3), ignoreCase: true));
}
