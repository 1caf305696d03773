using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Makes a tenant's record and its empty storage, of whatever isolation.</summary>
internal sealed class StoreProvisioner(ClinicServer server, TextWriter log)
{
    /// <summary>
    /// Makes what is missing: the record in <c>shared.tenants</c>, of a tenant that is not enabled; database, schema with
    /// policies and grants, the tenant's own row. May be repeated, after an interruption too; a name that changed is
    /// renewed, rows and <c>enabled</c> are left alone.
    /// </summary>
    /// <exception cref="ClinicDataException">
    /// The key is not allowed, or the tenant exists with another kind or isolation, or its store is another tenant's.
    /// </exception>
    public async Task<Store> ProvisionAsync(Tenant tenant, CancellationToken cancellation)
    {
        var store = Store.Of(tenant);
        await using var shared = await server.OpenSharedAsync(cancellation);
        await using var main = await StorageLock.TakeAsync(server, cancellation);
        await RefuseConflictAsync(shared, tenant, store, cancellation);

        // The record comes first, so that what an interruption leaves belongs to a tenant: one that can be erased.
        await TenantRegistry.AnnounceAsync(shared, tenant, cancellation);

        await StoreDatabase.EnsureAsync(server, store.Database, cancellation);
        foreach (var needed in new[] { store, Store.Network }.Distinct())
        {
            await EnsureAsync(needed, cancellation);
        }

        await using (var loader = await server.OpenLoaderAsync(store, cancellation))
        {
            await loader.ExecuteAsync(
                tenant.Kind == "network"
                    ? "insert into networks (tenant_id, name) values ($1, $2) on conflict (tenant_id) do update set name = excluded.name"
                    : "insert into clinics (tenant_id, name) values ($1, $2) on conflict (tenant_id) do update set name = excluded.name",
                cancellation, tenant.Key, tenant.Name);
        }

        await main.ExecuteAsync("delete from clinic_load.erased_tenants where key = $1", cancellation, tenant.Key);
        await TenantRegistry.WriteAsync(shared, tenant, cancellation);
        log.WriteLine($"tenant {tenant.Key}: rows stand in {store.Database}.{store.Schema}");
        return store;
    }

    /// <summary>Refuses what <see cref="ProvisionAsync"/> would, before anything is made.</summary>
    /// <exception cref="ClinicDataException">As there.</exception>
    public async Task CheckAsync(Tenant tenant, CancellationToken cancellation)
    {
        await using var shared = await server.OpenSharedAsync(cancellation);
        await RefuseConflictAsync(shared, tenant, Store.Of(tenant), cancellation);
    }

    private async Task EnsureAsync(Store store, CancellationToken cancellation)
    {
        await using var owner = await server.OpenOwnerAsync(store.Database, cancellation);
        if (await owner.ScalarAsync<bool>("select exists (select from clinic_load.stores where schema = $1)", cancellation, store.Schema))
        {
            return;
        }

        var build = new StoreBuild(server, store);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await build.CreateAsync(today.AddMonths(-1), today.AddMonths(Partitions.MonthsAhead), cancellation);
        await build.IndexAsync(cancellation);
        await build.WallAsync(cancellation);
        await using (var transaction = await owner.BeginTransactionAsync(cancellation))
        {
            await StoreBuild.SwapAsync([build], owner, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await StoreBuild.ClearAsync(owner, log, cancellation);
    }

    private static async Task RefuseConflictAsync(
        NpgsqlConnection shared, Tenant tenant, Store store, CancellationToken cancellation)
    {
        foreach (var other in await TenantRegistry.ReadAsync(shared, cancellation))
        {
            if (other.Key == tenant.Key && (other.Kind, other.Isolation) != (tenant.Kind, tenant.Isolation))
            {
                throw new ClinicDataException(
                    $"tenant '{tenant.Key}' exists as {other.Kind} with isolation {other.Isolation}; remove it first");
            }

            // Whatever their isolation: what is told apart by the name must have one of its own.
            if (other.Key != tenant.Key && Store.NameOf(other.Key) == Store.NameOf(tenant.Key))
            {
                throw new ClinicDataException(
                    $"tenant '{tenant.Key}' would share the name {Store.NameOf(tenant.Key)} with '{other.Key}'; choose another key");
            }

            if (other.Key != tenant.Key && store == Store.Network && Store.Of(other) == store)
            {
                throw new ClinicDataException($"tenant '{tenant.Key}' would share {store.Database}.{store.Schema} with '{other.Key}'");
            }
        }
    }
}
