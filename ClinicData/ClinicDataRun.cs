using EmbedStack.ClinicData.Generation;
using EmbedStack.ClinicData.Loading;
using EmbedStack.ClinicData.Stores;
using Npgsql;

namespace EmbedStack.ClinicData;

/// <summary>Schema, then rows, then the word to everyone who caches them.</summary>
internal sealed class ClinicDataRun(ClinicDataSettings settings, TextWriter log)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var owner = new NpgsqlConnection(settings.Owner);
        await using var loader = new NpgsqlConnection(settings.Loader);
        await owner.OpenAsync(cancellation);
        await new SchemaScripts(owner, log).ApplyAsync(cancellation);

        await loader.OpenAsync(cancellation);
        var clinics = settings.Tenants.Where(tenant => tenant.Kind == "clinic").ToList();
        var generator = new NetworkGenerator(clinics, settings.Scale, settings.Seed);
        if (await new Loader(loader, log).LoadAsync(generator, settings.Reseed, cancellation))
        {
            await using var vacuum = new NpgsqlCommand(
                "vacuum analyze clinic.clinics, clinic.staff, clinic.patients, clinic.staff_assignments, clinic.services, clinic.appointments",
                owner);
            await vacuum.ExecuteNonQueryAsync(cancellation);
        }

        await using (var shared = new NpgsqlConnection(settings.Shared))
        {
            await shared.OpenAsync(cancellation);
            foreach (var tenant in settings.Tenants)
            {
                await TenantRegistry.WriteAsync(shared, tenant, cancellation);
            }
        }

        await new Announcement(loader, settings.Shared, log).TellAsync(cancellation);
        log.WriteLine("done");
    }
}
