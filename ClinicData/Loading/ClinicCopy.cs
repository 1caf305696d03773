using EmbedStack.ClinicData.Generation;
using Npgsql;

namespace EmbedStack.ClinicData.Loading;

/// <summary>Writes one generated clinic by binary COPY.</summary>
internal sealed class ClinicCopy(NpgsqlConnection connection)
{
    /// <returns>The number of appointments.</returns>
    public async Task<ulong> WriteAsync(GeneratedClinic clinic, CancellationToken cancellation)
    {
        var tenant = clinic.Tenant.Key;
        await CopyAsync("clinics (tenant_id, name)", [clinic.Tenant], (row, _) =>
        {
            row.Write(tenant);
            row.Write(clinic.Tenant.Name);
        }, cancellation);
        await CopyAsync("staff (tenant_id, staff_id, name, speciality)", clinic.Staff, (row, member) =>
        {
            row.Write(tenant);
            row.Write(member.Id);
            row.Write(member.Name);
            row.Write(member.Speciality);
        }, cancellation);
        await CopyAsync("services (tenant_id, service_id, name, category, duration_minutes, fee)", clinic.Services, (row, service) =>
        {
            row.Write(tenant);
            row.Write(service.Id);
            row.Write(service.Name);
            row.Write(service.Category);
            row.Write(service.DurationMinutes);
            row.Write(service.Fee);
        }, cancellation);
        await CopyAsync("patients (tenant_id, patient_id, name, birth_year)", clinic.Patients, (row, patient) =>
        {
            row.Write(tenant);
            row.Write(patient.Id);
            row.Write(patient.Name);
            row.Write(patient.BirthYear);
        }, cancellation);
        await CopyAsync("staff_assignments (tenant_id, patient_id, staff_id)", clinic.Assignments(), (row, assignment) =>
        {
            row.Write(tenant);
            row.Write(assignment.PatientId);
            row.Write(assignment.StaffId);
        }, cancellation);
        return await CopyAsync(
            "appointments (tenant_id, appointment_id, staff_id, patient_id, service_id, starts_at, duration_minutes, status, fee)",
            clinic.Appointments(),
            (row, appointment) =>
            {
                row.Write(tenant);
                row.Write(appointment.Id);
                row.Write(appointment.StaffId);
                row.Write(appointment.PatientId);
                row.Write(appointment.ServiceId);
                row.Write(appointment.StartsAt);
                row.Write(appointment.DurationMinutes);
                row.Write(appointment.Status);
                row.Write(appointment.Fee);
            },
            cancellation);
    }

    private async Task<ulong> CopyAsync<T>(
        string target, IEnumerable<T> rows, Action<NpgsqlBinaryImporter, T> write, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"copy clinic.{target} from stdin (format binary)", cancellation);
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            await copy.StartRowAsync(cancellation);
            write(copy, row);
        }

        return await copy.CompleteAsync(cancellation);
    }
}
