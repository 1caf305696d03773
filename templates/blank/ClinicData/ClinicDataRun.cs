using EmbedStack.CustomerData.Loading;
using EmbedStack.CustomerData.Stores;

namespace EmbedStack.CustomerData;

/// <summary>Tables, rows and walls, then the tenants' records, then the word to everyone who caches them.</summary>
internal sealed class CustomerDataRun(CustomerDataSettings settings, TextWriter log)
{
    private readonly CustomerServer server = new(settings.Owner, settings.Shared);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var shared = await server.OpenSharedAsync(cancellation);
        await using var turn = await StorageLock.TakeAsync(server, cancellation);
        await ErasedTenants.EnsureAsync(turn, cancellation);
        var store = settings.IsElsewhere ? settings.Elsewhere : Store.Shared;
        if (settings.IsElsewhere)
        {
            log.WriteLine($"data: yours, in {store.Database}.{store.Schema}");
        }
        else
        {
            await new OwnTables(server, log).EnsureAsync(settings.Reseed, cancellation);
        }

        foreach (var login in new[] { settings.Reader, settings.Author })
        {
            await new WallCheck(login, log).RunAsync(cancellation);
        }

        var erased = await ErasedTenants.KeysAsync(turn, cancellation);
        foreach (var tenant in settings.Tenants.Where(tenant => !erased.Contains(tenant.Key)))
        {
            await TenantRegistry.WriteAsync(shared, tenant, store, cancellation);
        }

        await TenantRegistry.MoveAsync(shared, store, cancellation);
        await Announcement.TellAsync(shared, log, cancellation);
        log.WriteLine("done");
    }
}
