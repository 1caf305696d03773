using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>The tenants' records that Api and Superset read: <c>shared.tenants</c> of the database embedstack.</summary>
internal static class TenantRegistry
{
    /// <summary>Inserts the record or renews its name and store; whether it is enabled is never touched.</summary>
    public static Task WriteAsync(NpgsqlConnection shared, Tenant tenant, CancellationToken cancellation)
    {
        var store = Store.Of(tenant);
        return shared.ExecuteAsync(
            """
            insert into shared.tenants (key, name, kind, isolation, database, schema) values ($1, $2, $3, $4, $5, $6)
            on conflict (key) do update
            set name = excluded.name, kind = excluded.kind, isolation = excluded.isolation,
                database = excluded.database, schema = excluded.schema, changed_at = now()
            where (tenants.name, tenants.kind, tenants.isolation, tenants.database, tenants.schema)
                is distinct from (excluded.name, excluded.kind, excluded.isolation, excluded.database, excluded.schema)
            """,
            cancellation, tenant.Key, tenant.Name, tenant.Kind, tenant.Isolation, store.Database, store.Schema);
    }
}
