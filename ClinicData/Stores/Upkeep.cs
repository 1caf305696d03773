using EmbedStack.ClinicData.Loading;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Partitions for the months that come closer, guarded like the others.</summary>
internal static class Upkeep
{
    public static async Task RunAsync(ClinicServer server, Store store, CancellationToken cancellation)
    {
        await using var owner = await server.OpenOwnerAsync(store.Database, cancellation);
        await owner.UseSchemaAsync(store.Schema, cancellation);
        await using var transaction = await owner.BeginTransactionAsync(cancellation);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var table in StoreDefinition.Clinic.Partitioned)
        {
            await Partitions.EnsureAsync(owner, table, today, today.AddMonths(Partitions.MonthsAhead), cancellation);
        }

        await owner.ExecuteAsync(SqlFiles.Read("force_policies.sql"), cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
