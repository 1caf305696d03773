using System.Globalization;
using EmbedStack.ClinicData.Stores;
using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tenants.Records;
using EmbedStack.Tenants.Stack;
using Npgsql;

namespace EmbedStack.Tenants;

/// <summary>Erases one patient in every store, has the figures made anew, and proves that nothing is left.</summary>
internal sealed class PatientRemoval(RunningStack stack, Terminal terminal)
{
    public async Task RunAsync(string id, string? tenant, bool confirmed, CancellationToken cancellation)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var patient))
        {
            throw new JobException($"'{id}' is no patient's number");
        }

        if (tenant is not null)
        {
            await RefuseOthersAsync(patient, tenant, cancellation);
        }

        if (!confirmed)
        {
            terminal.Confirm($"Erasing patient {patient}", id);
        }

        var proof = await new PatientErasure(stack.Server, TextWriter.Null).EraseAsync(patient, cancellation);
        Proof.Show(terminal, $"patient {patient}", proof.Places);
    }

    // Who names the tenant means only that tenant's patient.
    private async Task RefuseOthersAsync(long patient, string tenant, CancellationToken cancellation)
    {
        var record = await stack.Records.FindAsync(tenant, cancellation) ?? throw new JobException($"there is no tenant '{tenant}'");
        if (record.Kind != "clinic" || !await IsPatientAsync(record, patient, cancellation))
        {
            throw new JobException($"'{tenant}' has no patient {patient}");
        }
    }

    private async Task<bool> IsPatientAsync(TenantRecord record, long patient, CancellationToken cancellation)
    {
        await using var connection = await stack.Server.OpenLoaderAsync(new Store(record.Database, record.Schema), cancellation);
        await using var command = new NpgsqlCommand("select exists (select from patients where tenant_id = $1 and patient_id = $2)", connection);
        command.Parameters.Add(new() { Value = record.Key });
        command.Parameters.Add(new() { Value = patient });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
