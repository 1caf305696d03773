using System.Globalization;
using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>
/// Erases a clinic's patient from every table, counts again what was counted of them, and proves it. Another clinic's
/// patient may have the same number: the tenant is half of the key, everywhere.
/// </summary>
internal sealed class PatientErasure(ClinicServer server, TextWriter log)
{
    /// <summary>Whether the clinic has rows of the patient, or an erasure of them was begun.</summary>
    public async Task<bool> IsKnownAsync(string tenant, long patientId, CancellationToken cancellation)
    {
        await using (var main = await StorageLock.TakeAsync(server, cancellation))
        {
            if (await main.ScalarAsync<bool>(
                "select exists (select from clinic_load.erased_patients where tenant_id = $1 and patient_id = $2)", cancellation, tenant, patientId))
            {
                return true;
            }
        }

        return (await ProveAsync(tenant, patientId, cancellation)).Left.Any();
    }

    /// <summary>Erases; may be repeated, after an interruption too. A load that comes later does not bring the patient back.</summary>
    public async Task<ErasureProof> EraseAsync(string tenant, long patientId, CancellationToken cancellation)
    {
        await using (var main = await StorageLock.TakeAsync(server, cancellation))
        {
            await main.ExecuteAsync(
                "insert into clinic_load.erased_patients (tenant_id, patient_id) values ($1, $2) on conflict do nothing",
                cancellation, tenant, patientId);
            await using var shared = await server.OpenSharedAsync(cancellation);
            await using var clinic = await server.OpenLoaderAsync(Store.Shared.Database, cancellation);
            var announcement = new Announcement(clinic, shared, log);
            await announcement.ForewarnAsync(cancellation);
            var loads = await main.ListAsync<DateOnly>("select reporting_day from clinic_load.loads", cancellation);
            var reportingDay = loads.Count > 0 ? loads[0] : DateOnly.FromDateTime(DateTime.UtcNow);

            foreach (var database in await StoreSearch.DatabasesAsync(server, cancellation))
            {
                await using var owner = await server.OpenOwnerAsync(database, cancellation);
                await StoreBuild.ClearAsync(owner, log, cancellation, nothingMayStay: true);
                await using var loader = await server.OpenLoaderAsync(database, cancellation);
                foreach (var schema in await StoreSearch.SchemasWithAsync(loader, "patients", cancellation))
                {
                    await EraseInAsync(new Store(database, schema), tenant, patientId, reportingDay, cancellation);
                }
            }

            await Benchmarks.RenewAsync(server, cancellation);
            await announcement.TellAsync(cancellation);
        }

        return await ProveAsync(tenant, patientId, cancellation);
    }

    /// <summary>Searches every table of every clinic database.</summary>
    public async Task<ErasureProof> ProveAsync(string tenant, long patientId, CancellationToken cancellation) => new(
    [
        .. await StoreSearch.CountAsync(server, [("tenant_id", tenant), ("patient_id", patientId)], cancellation),
        new Remainder("clinic.clinic_load.erased_patients", 1, "the bare number, so that no load brings the patient back"),
    ]);

    /// <summary>Deletes a patient's rows in the schema on the search path, without a transaction of its own.</summary>
    public static async Task DeleteAsync(NpgsqlConnection loader, string tenant, long patientId, CancellationToken cancellation)
    {
        await loader.SetAsync("embedstack.tenant", tenant, cancellation);
        await loader.SetAsync("embedstack.patient", patientId.ToString(CultureInfo.InvariantCulture), cancellation);
        await loader.ExecuteAsync(SqlFiles.Read("erase_patient.sql"), cancellation);
    }

    private async Task EraseInAsync(Store store, string tenant, long patientId, DateOnly reportingDay, CancellationToken cancellation)
    {
        await using var loader = await server.OpenLoaderAsync(store, cancellation);
        await using (var transaction = await loader.BeginTransactionAsync(cancellation))
        {
            await DeleteAsync(loader, tenant, patientId, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        // Whether or not rows went just now: a run that was stopped here has still to count.
        if (await loader.ScalarAsync<bool>("select exists (select from clinics where tenant_id = $1)", cancellation, tenant))
        {
            await using var network = await server.OpenLoaderAsync(Store.Network, cancellation);
            await using var transaction = await network.BeginTransactionAsync(cancellation);
            await new NetworkFigures(network, reportingDay).RefreshAsync(loader, tenant, cancellation);
            await transaction.CommitAsync(cancellation);
            log.WriteLine($"patient {patientId} of {tenant}: rows erased in {store.Database}.{store.Schema}, figures counted again");
        }
    }
}
