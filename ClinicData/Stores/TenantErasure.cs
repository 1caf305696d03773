using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Erases a tenant's rows, storage, figures and record, and proves it.</summary>
internal sealed class TenantErasure(ClinicServer server, TextWriter log)
{
    // Referring tables before those to which they refer.
    private static readonly string[] Tables =
    [
        "outcomes", "payments", "invoices", "appointments", "shifts", "staff_assignments",
        "patients", "staff", "services", "payers", "clinic_benchmarks", "clinics",
    ];

    /// <summary>
    /// Erases; may be repeated, after an interruption too. The record goes last. A load that comes later does not
    /// bring the tenant back, <see cref="StoreProvisioner"/> does.
    /// </summary>
    /// <exception cref="ClinicDataException">The key is not allowed.</exception>
    public async Task<ErasureProof> EraseAsync(string key, CancellationToken cancellation)
    {
        RefuseKey(key);
        await using (var main = await StorageLock.TakeAsync(server, cancellation))
        {
            await using var shared = await server.OpenSharedAsync(cancellation);
            var tenants = await TenantRegistry.ReadAsync(shared, cancellation);
            RefuseOthers(key, tenants);
            var tenant = tenants.FirstOrDefault(tenant => tenant.Key == key);
            await main.ExecuteAsync(
                "insert into clinic_load.erased_tenants (key) values ($1) on conflict do nothing", cancellation, key);
            await using var loader = await server.OpenLoaderAsync(Store.Shared.Database, cancellation);
            var announcement = new Announcement(loader, shared, log);
            await announcement.ForewarnAsync(cancellation);

            foreach (var database in await StoreSearch.DatabasesAsync(server, cancellation))
            {
                await using var owner = await server.OpenOwnerAsync(database, cancellation);
                await StoreBuild.ClearAsync(owner, log, cancellation, nothingMayStay: true);
            }

            // Whatever the isolation: a store whose making was interrupted may stand without a record.
            foreach (var own in tenant is { Kind: "network" } ? [] : OwnStores(key))
            {
                await StoreRemoval.DropAsync(server, own, cancellation);
            }

            await DeleteSharedRowsAsync(key, cancellation);
            await DeleteFiguresAsync(main, key, cancellation);
            await TenantRegistry.DeleteAsync(shared, key, cancellation);
            await announcement.TellAsync(cancellation);
        }

        return await ProveAsync(key, cancellation);
    }

    /// <summary>Searches every table of every clinic database, the stores that would be the tenant's own, and the records.</summary>
    public async Task<ErasureProof> ProveAsync(string key, CancellationToken cancellation)
    {
        RefuseKey(key);
        var places = (await StoreSearch.CountAsync(server, [("tenant_id", key)], cancellation)).ToList();
        await using var owner = await server.OpenOwnerAsync(Store.Shared.Database, cancellation);
        foreach (var own in OwnStores(key))
        {
            var isSchema = own.Database == Store.Shared.Database;
            var exists = isSchema
                ? await owner.ScalarAsync<bool>("select to_regnamespace($1) is not null", cancellation, own.Schema)
                : await StoreDatabase.ExistsAsync(server, own.Database, cancellation);
            places.Add(new Remainder(isSchema ? $"schema {own.Schema}" : $"database {own.Database}", exists ? 1 : 0));
        }

        await using var shared = await server.OpenSharedAsync(cancellation);
        foreach (var (table, column) in new[] { ("tenants", "key"), ("entitlements", "tenant") })
        {
            places.Add(new Remainder(
                $"embedstack.shared.{table}",
                await shared.ScalarAsync<long>($"select count(*) from shared.{table} where {column} = $1", cancellation, key)));
        }

        places.Add(new Remainder("clinic.clinic_load.erased_tenants", 1, "the bare key, so that no load brings the tenant back"));
        places.Add(new Remainder(
            "clinic.clinic_load.erased_patients",
            await owner.ScalarAsync<long>("select count(*) from clinic_load.erased_patients where tenant_id = $1", cancellation, key),
            "bare numbers of patients erased before, who must not come back with a tenant of that key"));
        return new ErasureProof(places);
    }

    private static Store[] OwnStores(string key) =>
    [
        Store.Of(new Tenant { Key = key, Kind = "clinic", Isolation = "schema" }),
        Store.Of(new Tenant { Key = key, Kind = "clinic", Isolation = "database" }),
    ];

    // Two keys may have one store's name, and the one that is here is the other's.
    private static void RefuseOthers(string key, IReadOnlyList<Tenant> tenants)
    {
        if (tenants.All(tenant => tenant.Key != key) && tenants.FirstOrDefault(tenant => Store.NameOf(tenant.Key) == Store.NameOf(key)) is { } other)
        {
            throw new ClinicDataException($"there is no tenant '{key}'; the name {Store.NameOf(key)} is of '{other.Key}'");
        }
    }

    private async Task DeleteSharedRowsAsync(string key, CancellationToken cancellation)
    {
        await using var loader = await server.OpenLoaderAsync(Store.Shared, cancellation);
        await using var transaction = await loader.BeginTransactionAsync(cancellation);
        foreach (var table in Tables)
        {
            if (await loader.ScalarAsync<bool>("select to_regclass($1) is not null", cancellation, table))
            {
                await loader.ExecuteAsync($"delete from {table} where tenant_id = $1", cancellation, key);
            }
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task DeleteFiguresAsync(NpgsqlConnection main, string key, CancellationToken cancellation)
    {
        if (!await main.ScalarAsync<bool>("select to_regclass('network.network_daily') is not null", cancellation))
        {
            return;
        }

        await using var network = await server.OpenLoaderAsync(Store.Network, cancellation);
        await using (var transaction = await network.BeginTransactionAsync(cancellation))
        {
            await new NetworkFigures(network, default).RemoveAsync(key, cancellation);
            await network.ExecuteAsync("delete from networks where tenant_id = $1", cancellation, key);
            await transaction.CommitAsync(cancellation);
        }

        await Benchmarks.RenewAsync(server, cancellation);
    }

    private static void RefuseKey(string key)
    {
        if (!TenantKey.IsAllowed(key))
        {
            throw new ClinicDataException($"tenant '{key}': {TenantKey.Rule}");
        }
    }
}
