using EmbedStack.CustomerData.Loading;

namespace EmbedStack.CustomerData.Stores;

/// <summary>Makes a tenant's record. Its rows stand in the tables that are there, told apart by <c>tenant_id</c>.</summary>
internal sealed class StoreProvisioner(CustomerServer server, TextWriter log)
{
    /// <summary>Makes the record of a tenant that is not enabled; may be repeated.</summary>
    public async Task<Store> ProvisionAsync(Tenant tenant, CancellationToken cancellation)
    {
        await using var shared = await server.OpenSharedAsync(cancellation);
        await using var turn = await StorageLock.TakeAsync(server, cancellation);
        var store = await TenantRegistry.StoreAsync(shared, cancellation);
        await TenantRegistry.AnnounceAsync(shared, tenant, store, cancellation);
        await ErasedTenants.ForgetAsync(turn, tenant.Key, cancellation);
        log.WriteLine($"tenant {tenant.Key}: rows stand in {store.Database}.{store.Schema}");
        return store;
    }

    /// <summary>Refuses what cannot be, before anything is made.</summary>
    /// <exception cref="CustomerDataException">The tenant is to have tables of its own, its key is another's, or rows of that key were left.</exception>
    public async Task CheckAsync(Tenant tenant, CancellationToken cancellation)
    {
        if (tenant.Isolation != "shared")
        {
            throw new CustomerDataException($"isolation {tenant.Isolation} is not built here; leave --isolation out");
        }

        await using var shared = await server.OpenSharedAsync(cancellation);
        if (await shared.ScalarAsync<string>("select key from shared.tenants where lower(replace(key, '-', '_')) = lower(replace($1, '-', '_'))", cancellation, tenant.Key) is { } other
            && other != tenant.Key)
        {
            throw new CustomerDataException($"tenant '{tenant.Key}' would be hard to tell from '{other}'; choose another key");
        }

        await using var owner = await server.OpenOwnerAsync(cancellation);
        if (await ErasedTenants.LeftInAsync(owner, tenant.Key, cancellation) is { } place)
        {
            throw new CustomerDataException(
                $"'{tenant.Key}' was erased but for its rows in {place}, which a tenant of that key would see. "
                + "Next: choose another --key, or delete the rows there, and then the key in customer.erased_tenants");
        }
    }
}
