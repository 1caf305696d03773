using EmbedStack.ClinicData.Generation;
using Npgsql;

namespace EmbedStack.ClinicData.Loading;

/// <summary>
/// Replaces the rows of schema clinic in one transaction. DELETE rather than TRUNCATE: readers go on seeing the
/// load before, unblocked, until the commit.
/// </summary>
internal sealed class Loader(NpgsqlConnection connection, TextWriter log)
{
    /// <returns>Whether rows were loaded; false where the same load stands already.</returns>
    public async Task<bool> LoadAsync(NetworkGenerator generator, bool reseed, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync("lock table clinic_load.loads in exclusive mode", cancellation);
        if (!reseed && await LoadedAsync(cancellation) == generator.Fingerprint)
        {
            log.WriteLine($"data: up to date ({generator.Fingerprint})");
            return false;
        }

        log.WriteLine($"data: loading {generator.Fingerprint}");
        await connection.ExecuteAsync(
            """
            delete from clinic.appointments;
            delete from clinic.staff_assignments;
            delete from clinic.patients;
            delete from clinic.services;
            delete from clinic.staff;
            delete from clinic.clinics;
            """,
            cancellation);

        var total = 0UL;
        foreach (var clinic in generator.Clinics())
        {
            var copied = await new ClinicCopy(connection).WriteAsync(clinic, cancellation);
            total += copied;
            log.WriteLine(FormattableString.Invariant(
                $"data: {clinic.Tenant.Key}: {clinic.Staff.Count} clinicians, {clinic.Patients.Count} patients, {copied} appointments"));
        }

        await connection.ExecuteAsync("delete from clinic_load.loads", cancellation);
        await connection.ExecuteAsync(
            "insert into clinic_load.loads (fingerprint, appointments) values ($1, $2)",
            cancellation, generator.Fingerprint, (long)total);
        await transaction.CommitAsync(cancellation);
        log.WriteLine($"data: {total} appointments loaded");
        return true;
    }

    private async Task<string?> LoadedAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select fingerprint from clinic_load.loads", connection);
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }
}
