namespace EmbedStack.ClinicData.Stores;

/// <summary>The network's average, in the network's schema and in every clinic's store.</summary>
internal static class Benchmarks
{
    /// <summary>Makes the average of the clinics' benchmarks as they stand, and ships it to every store.</summary>
    public static async Task RenewAsync(ClinicServer server, CancellationToken cancellation)
    {
        await using var network = await server.OpenLoaderAsync(Store.Network, cancellation);
        var figures = new NetworkFigures(network, default);
        await using (var transaction = await network.BeginTransactionAsync(cancellation))
        {
            await figures.AverageAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        foreach (var database in await StoreSearch.DatabasesAsync(server, cancellation))
        {
            await using var loader = await server.OpenLoaderAsync(database, cancellation);
            foreach (var schema in await StoreSearch.SchemasWithAsync(loader, "clinics", cancellation))
            {
                await using var store = await server.OpenLoaderAsync(new Store(database, schema), cancellation);
                await using var transaction = await store.BeginTransactionAsync(cancellation);
                await figures.ShipBenchmarksAsync(store, cancellation);
                await transaction.CommitAsync(cancellation);
            }
        }
    }
}
