using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Whom a load must not bring back: a clinic's patient.</summary>
/// <param name="Tenant">The clinic's key, or <see cref="Anywhere"/>.</param>
/// <param name="Id">The patient's number, which another clinic may have given to somebody else.</param>
internal sealed record ErasedPatient(string Tenant, long Id)
{
    // Of a time when the clinic was not noted; the generator gives a number once.
    private const string Anywhere = "*";

    public bool IsOf(string tenant) => Tenant == tenant || Tenant == Anywhere;

    public static async Task<IReadOnlyList<ErasedPatient>> ListAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select tenant_id, patient_id from clinic_load.erased_patients", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var patients = new List<ErasedPatient>();
        while (await reader.ReadAsync(cancellation))
        {
            patients.Add(new ErasedPatient(reader.GetString(0), reader.GetInt64(1)));
        }

        return patients;
    }
}
