using System.Globalization;
using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Erases a patient from every table, counts again what was counted of them, and proves it.</summary>
internal sealed class PatientErasure(ClinicServer server, TextWriter log)
{
    /// <summary>Erases; may be repeated. A load that comes later does not bring the patient back.</summary>
    public async Task<ErasureProof> EraseAsync(long patientId, CancellationToken cancellation)
    {
        await using (var main = await StorageLock.TakeAsync(server, cancellation))
        {
            await main.ExecuteAsync(
                "insert into clinic_load.erased_patients (patient_id) values ($1) on conflict do nothing", cancellation, patientId);
            var loads = await main.ListAsync<DateOnly>("select reporting_day from clinic_load.loads", cancellation);
            var reportingDay = loads.Count > 0 ? loads[0] : DateOnly.FromDateTime(DateTime.UtcNow);

            foreach (var database in await StoreSearch.DatabasesAsync(server, cancellation))
            {
                await using var loader = await server.OpenLoaderAsync(database, cancellation);
                foreach (var schema in await StoreSearch.SchemasWithAsync(loader, "patients", cancellation))
                {
                    await EraseInAsync(new Store(database, schema), patientId, reportingDay, cancellation);
                }
            }

            await Benchmarks.RenewAsync(server, cancellation);
            await using var shared = await server.OpenSharedAsync(cancellation);
            await using var clinic = await server.OpenLoaderAsync(Store.Shared.Database, cancellation);
            var announcement = new Announcement(clinic, shared, log);
            await announcement.RememberAsync(cancellation);
            await announcement.TellAsync(cancellation);
        }

        return await ProveAsync(patientId, cancellation);
    }

    /// <summary>Searches every table of every clinic database.</summary>
    public async Task<ErasureProof> ProveAsync(long patientId, CancellationToken cancellation) =>
        new(await StoreSearch.CountAsync(server, "patient_id", patientId, cancellation));

    /// <summary>Deletes a patient's rows in the schema on the search path, without a transaction of its own.</summary>
    public static async Task DeleteAsync(NpgsqlConnection loader, long patientId, CancellationToken cancellation)
    {
        await loader.SetAsync("embedstack.patient", patientId.ToString(CultureInfo.InvariantCulture), cancellation);
        await loader.ExecuteAsync(SqlFiles.Read("erase_patient.sql"), cancellation);
    }

    private async Task EraseInAsync(Store store, long patientId, DateOnly reportingDay, CancellationToken cancellation)
    {
        await using var loader = await server.OpenLoaderAsync(store, cancellation);
        var clinics = await loader.ListAsync<string>(
            """
            select tenant_id from patients where patient_id = $1
            union
            select tenant_id from appointments where patient_id = $1
            """,
            cancellation, patientId);
        await using (var transaction = await loader.BeginTransactionAsync(cancellation))
        {
            await DeleteAsync(loader, patientId, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await using var network = await server.OpenLoaderAsync(Store.Network, cancellation);
        foreach (var clinic in clinics)
        {
            await using var transaction = await network.BeginTransactionAsync(cancellation);
            await new NetworkFigures(network, reportingDay).RefreshAsync(loader, clinic, cancellation);
            await transaction.CommitAsync(cancellation);
            log.WriteLine($"patient {patientId}: rows of {clinic} erased in {store.Database}.{store.Schema}, figures counted again");
        }
    }
}
