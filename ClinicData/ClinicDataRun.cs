using EmbedStack.ClinicData.Generation;
using EmbedStack.ClinicData.Loading;
using EmbedStack.ClinicData.Stores;
using Npgsql;

namespace EmbedStack.ClinicData;

/// <summary>Storage and rows, then the tenants' records, then the word to everyone who caches them.</summary>
internal sealed class ClinicDataRun(ClinicDataSettings settings, TextWriter log)
{
    private readonly ClinicServer server = new(settings.Owner, settings.Loader, settings.Shared);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var shared = await server.OpenSharedAsync(cancellation);
        await using var main = await StorageLock.TakeAsync(server, cancellation);
        var erased = (await main.ListAsync<string>("select key from clinic_load.erased_tenants", cancellation)).ToHashSet();
        var tenants = settings.Tenants.Where(tenant => !erased.Contains(tenant.Key)).ToList();
        var before = await TenantRegistry.ReadAsync(shared, cancellation);
        var others = before.Where(other => tenants.All(tenant => tenant.Key != other.Key)).ToList();
        var generator = new NetworkGenerator(settings.Tenants, settings.Scale, settings.Seed, settings.ReportingDay, erased);

        var stores = tenants.Concat(others).Select(Store.Of).Append(Store.Shared).Append(Store.Network).Distinct().ToList();
        if (!settings.Reseed && await IsUpToDateAsync(main, generator, stores, cancellation))
        {
            log.WriteLine($"data: up to date ({generator.Fingerprint})");
        }
        else
        {
            var patients = (await ErasedPatient.ListAsync(main, cancellation))
                .Where(patient => generator.Tenants.Any(tenant => patient.IsOf(tenant.Key))).ToList();
            await RefuseOtherPeopleAsync(main, generator, patients.Count, cancellation);
            await new Load(server, generator, [.. others.Where(tenant => tenant.Kind == "clinic")], log)
                .RunAsync(main, [.. tenants.Concat(others).Where(tenant => tenant.Kind == "network")], patients, cancellation);
        }

        foreach (var store in stores.Where(store => store != Store.Network))
        {
            await Upkeep.RunAsync(server, store, cancellation);
        }

        foreach (var tenant in tenants)
        {
            await TenantRegistry.WriteAsync(shared, tenant, cancellation);
        }

        foreach (var store in before.Select(Store.Of).Except(stores))
        {
            await StoreRemoval.DropAsync(server, store, cancellation);
            log.WriteLine($"store {store.Database}.{store.Schema}: dropped, its tenant's rows stand elsewhere");
        }

        await using var loader = await server.OpenLoaderAsync(Store.Shared.Database, cancellation);
        await new Announcement(loader, shared, log).TellAsync(cancellation);
        log.WriteLine("done");
    }

    // The erased are known by number alone, and no load may bring them back under another.
    private async Task RefuseOtherPeopleAsync(
        NpgsqlConnection main, NetworkGenerator generator, int erased, CancellationToken cancellation)
    {
        if (erased == 0 || await main.ScalarAsync<string>("select fingerprint from clinic_load.loads", cancellation) is not { } stands)
        {
            return;
        }

        if (!stands.StartsWith(generator.People + ",", StringComparison.Ordinal))
        {
            throw new ClinicDataException(
                $"erased patients: {erased}, of rows of '{stands}'; with '{generator.People}' their numbers would be other people's "
                + "and they would come back by name; keep ClinicData__Scale and ClinicData__Seed as they were, or begin anew without the stored data");
        }

        log.WriteLine($"data: erased patients stay away: {erased}");
    }

    private async Task<bool> IsUpToDateAsync(
        NpgsqlConnection main, NetworkGenerator generator, IReadOnlyList<Store> stores, CancellationToken cancellation)
    {
        if (await main.ScalarAsync<string>(
            "select fingerprint from clinic_load.loads where replaced_since is null", cancellation) != generator.Fingerprint)
        {
            return false;
        }

        var day = await main.ScalarAsync<DateOnly>("select reporting_day from clinic_load.loads", cancellation);
        log.WriteLine(FormattableString.Invariant($"data: as of {day:yyyy-MM-dd}"));
        if (settings.RollForward && day != settings.ReportingDay)
        {
            return false;
        }

        foreach (var store in stores)
        {
            if (!await StoreDatabase.ExistsAsync(server, store.Database, cancellation))
            {
                return false;
            }

            await using var owner = await server.OpenOwnerAsync(store.Database, cancellation);
            if (!await StoreBuild.IsCurrentAsync(owner, store, cancellation))
            {
                return false;
            }
        }

        return true;
    }
}
