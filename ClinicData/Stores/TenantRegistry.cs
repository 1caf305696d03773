using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>The tenants' records that Api and Superset read: <c>shared.tenants</c> of the database embedstack.</summary>
internal static class TenantRegistry
{
    /// <summary>Inserts the record or renews its name, store and, where one is named, colour; whether it is enabled is never touched.</summary>
    public static Task WriteAsync(NpgsqlConnection shared, Tenant tenant, CancellationToken cancellation)
    {
        var store = Store.Of(tenant);
        return shared.ExecuteAsync(
            """
            insert into shared.tenants (key, name, kind, isolation, database, schema, accent) values ($1, $2, $3, $4, $5, $6, nullif($7, ''))
            on conflict (key) do update
            set name = excluded.name, kind = excluded.kind, isolation = excluded.isolation,
                database = excluded.database, schema = excluded.schema,
                accent = coalesce(excluded.accent, tenants.accent), changed_at = now()
            where (tenants.name, tenants.kind, tenants.isolation, tenants.database, tenants.schema, tenants.accent)
                is distinct from (excluded.name, excluded.kind, excluded.isolation, excluded.database, excluded.schema, coalesce(excluded.accent, tenants.accent))
            """,
            cancellation, tenant.Key, tenant.Name, tenant.Kind, tenant.Isolation, store.Database, store.Schema, tenant.Accent);
    }

    /// <summary>Inserts the record of a tenant that is not to be used yet; one that is there stays as it is.</summary>
    public static Task AnnounceAsync(NpgsqlConnection shared, Tenant tenant, CancellationToken cancellation)
    {
        var store = Store.Of(tenant);
        return shared.ExecuteAsync(
            """
            insert into shared.tenants (key, name, kind, isolation, database, schema, enabled) values ($1, $2, $3, $4, $5, $6, false)
            on conflict (key) do nothing
            """,
            cancellation, tenant.Key, tenant.Name, tenant.Kind, tenant.Isolation, store.Database, store.Schema);
    }

    public static async Task<IReadOnlyList<Tenant>> ReadAsync(NpgsqlConnection shared, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select key, name, kind, isolation from shared.tenants order by key", shared);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var tenants = new List<Tenant>();
        while (await reader.ReadAsync(cancellation))
        {
            tenants.Add(new Tenant
            {
                Key = reader.GetString(0), Name = reader.GetString(1), Kind = reader.GetString(2), Isolation = reader.GetString(3),
            });
        }

        return tenants;
    }

    /// <summary>
    /// Deletes the record together with what the tenant was granted, which a later tenant of that key must not inherit.
    /// Grants first, as those who write them lock them before they read who is there.
    /// </summary>
    public static async Task DeleteAsync(NpgsqlConnection shared, string key, CancellationToken cancellation)
    {
        await using var transaction = await shared.BeginTransactionAsync(cancellation);
        await shared.ExecuteAsync("delete from shared.entitlements where tenant = $1", cancellation, key);
        await shared.ExecuteAsync("delete from shared.tenants where key = $1", cancellation, key);
        await transaction.CommitAsync(cancellation);
    }
}
