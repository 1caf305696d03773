using EmbedStack.CustomerData.Loading;
using Npgsql;

namespace EmbedStack.CustomerData.Stores;

/// <summary>The tenants' records that Api and Superset read: <c>shared.tenants</c> of the database embedstack.</summary>
internal static class TenantRegistry
{
    /// <summary>Inserts the record or renews its name, store and, where one is named, colour; whether it is enabled is never touched.</summary>
    public static Task WriteAsync(NpgsqlConnection shared, Tenant tenant, Store store, CancellationToken cancellation)
    {
        var own = tenant.Kind == "network" ? Store.Network : store;
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
            cancellation, tenant.Key, tenant.Name, tenant.Kind, tenant.Isolation, own.Database, own.Schema, tenant.Accent);
    }

    /// <summary>Inserts the record of a tenant that is not to be used yet; one that is there stays as it is.</summary>
    public static Task AnnounceAsync(NpgsqlConnection shared, Tenant tenant, Store store, CancellationToken cancellation) =>
        shared.ExecuteAsync(
            """
            insert into shared.tenants (key, name, kind, isolation, database, schema, enabled) values ($1, $2, $3, $4, $5, $6, false)
            on conflict (key) do nothing
            """,
            cancellation, tenant.Key, tenant.Name, tenant.Kind, tenant.Isolation, store.Database, store.Schema);

    /// <summary>Has the records of all customers say where their rows stand now, those of tenants that were added since the first start too.</summary>
    public static Task MoveAsync(NpgsqlConnection shared, Store store, CancellationToken cancellation) =>
        shared.ExecuteAsync(
            """
            update shared.tenants set database = $1, schema = $2, changed_at = now()
            where kind = 'customer' and (database, schema) is distinct from ($1, $2)
            """,
            cancellation, store.Database, store.Schema);

    /// <summary>Where the customers' rows stand, by their records.</summary>
    public static async Task<Store> StoreAsync(NpgsqlConnection shared, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select database, schema from shared.tenants where kind = 'customer' order by created_at desc limit 1", shared);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new Store(row.GetString(0), row.GetString(1)) : Store.Shared;
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
