using EmbedStack.ClinicData.Loading;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Drops what belongs to one tenant alone.</summary>
internal static class StoreRemoval
{
    /// <summary>Drops the schema or database; what tenants share is left alone.</summary>
    public static async Task DropAsync(ClinicServer server, Store store, CancellationToken cancellation)
    {
        if (store == Store.Shared || store == Store.Network)
        {
            return;
        }

        if (store.Database != Store.Shared.Database)
        {
            await StoreDatabase.DropAsync(server, store.Database, cancellation);
            return;
        }

        await using var owner = await server.OpenOwnerAsync(store.Database, cancellation);
        await owner.ExecuteAsync($"drop schema if exists {store.Schema} cascade", cancellation);
        await owner.ExecuteAsync("delete from clinic_load.stores where schema = $1", cancellation, store.Schema);
    }
}
