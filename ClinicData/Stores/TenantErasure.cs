using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Erases a tenant's rows, storage, figures and record, and proves it.</summary>
internal sealed class TenantErasure(ClinicServer server, TextWriter log)
{
    // Referring tables before those to which they refer.
    private static readonly string[] Tables =
    [
        "outcomes", "invoices", "appointments", "shifts", "staff_assignments",
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
            var tenant = (await TenantRegistry.ReadAsync(shared, cancellation)).FirstOrDefault(tenant => tenant.Key == key);
            await main.ExecuteAsync(
                "insert into clinic_load.erased_tenants (key) values ($1) on conflict do nothing", cancellation, key);

            if (tenant is not null)
            {
                await StoreRemoval.DropAsync(server, Store.Of(tenant), cancellation);
            }

            await DeleteSharedRowsAsync(key, cancellation);
            await DeleteFiguresAsync(main, key, cancellation);
            await TenantRegistry.DeleteAsync(shared, key, cancellation);

            await using var loader = await server.OpenLoaderAsync(Store.Shared.Database, cancellation);
            var announcement = new Announcement(loader, shared, log);
            await announcement.RememberAsync(cancellation);
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
        foreach (var isolation in new[] { "schema", "database" })
        {
            var own = Store.Of(new Tenant { Key = key, Kind = "clinic", Isolation = isolation });
            var exists = isolation == "schema"
                ? await owner.ScalarAsync<bool>("select to_regnamespace($1) is not null", cancellation, own.Schema)
                : await StoreDatabase.ExistsAsync(server, own.Database, cancellation);
            places.Add(new Remainder($"{isolation} {(isolation == "schema" ? own.Schema : own.Database)}", exists ? 1 : 0));
        }

        await using var shared = await server.OpenSharedAsync(cancellation);
        places.Add(new Remainder(
            "embedstack.shared.tenants",
            await shared.ScalarAsync<long>("select count(*) from shared.tenants where key = $1", cancellation, key)));
        return new ErasureProof(places);
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
