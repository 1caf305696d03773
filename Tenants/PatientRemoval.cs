using System.Globalization;
using EmbedStack.ClinicData.Stores;
using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tenants.Stack;

namespace EmbedStack.Tenants;

/// <summary>Erases one tenant's patient, has the figures made anew, and proves that nothing is left.</summary>
internal sealed class PatientRemoval(RunningStack stack, Terminal terminal)
{
    public async Task RunAsync(string tenant, string id, bool confirmed, CancellationToken cancellation)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var patient))
        {
            throw new JobException($"'{id}' is no patient's number");
        }

        var record = await stack.Records.FindAsync(tenant, cancellation) ?? throw new JobException($"there is no tenant '{tenant}'");
        var erasure = new PatientErasure(stack.Server, TextWriter.Null);
        if (record.Kind != "clinic" || !await erasure.IsKnownAsync(tenant, patient, cancellation))
        {
            throw new JobException($"'{tenant}' has no patient {patient}");
        }

        if (!confirmed)
        {
            terminal.Confirm($"Erasing patient {patient} of '{record.Name}'", id);
        }

        var proof = await erasure.EraseAsync(tenant, patient, cancellation);
        Proof.Show(terminal, $"patient {patient} of '{tenant}'", new ErasureProof([.. proof.Places, Elsewhere.Caches]));
    }
}
