using System.Diagnostics;
using EmbedStack.ClinicData.Generation;
using EmbedStack.ClinicData.Stores;
using Npgsql;

namespace EmbedStack.ClinicData.Loading;

/// <summary>
/// Builds every store anew, aside, and swaps all of a database's in one transaction: readers see the load before,
/// unblocked, until the new one is complete, and a run that is interrupted leaves nothing that anybody sees.
/// </summary>
internal sealed class Load(ClinicServer server, NetworkGenerator generator, IReadOnlyList<Tenant> others, TextWriter log)
{
    private const int Hands = 2;

    private readonly DateOnly reportingDay = generator.Calendar.ReportingDay;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <param name="main">clinic_owner's connection to the database clinic, holding the storage lock.</param>
    /// <param name="networks">Tenants of kind network.</param>
    /// <param name="erasedPatients">Whom the generator would bring back.</param>
    /// <param name="cancellation">Stops the load; what stands is untouched.</param>
    public async Task RunAsync(
        NpgsqlConnection main, IReadOnlyList<Tenant> networks, IReadOnlyList<ErasedPatient> erasedPatients, CancellationToken cancellation)
    {
        log.WriteLine($"data: loading {generator.Fingerprint}");
        var builds = await CreateAsync(cancellation);
        var network = new StoreBuild(server, Store.Network);
        await network.CreateAsync(reportingDay, reportingDay, cancellation);

        var appointments = await CopyAsync(builds, cancellation);
        Say($"{appointments} appointments and what belongs to them copied");

        foreach (var build in builds.Values)
        {
            await TakeOverAsync(build, cancellation);
            await build.IndexAsync(cancellation);
            await EraseAsync(build, erasedPatients, cancellation);
        }

        Say("indexed and analyzed");
        await CountAsync(builds, network, networks, cancellation);
        foreach (var build in builds.Values.Append(network))
        {
            await build.WallAsync(cancellation);
        }

        Say("figures of the network counted, policies in place");
        await SwapAsync([.. builds.Values, network], main, appointments, cancellation);
        Say("visible");
    }

    private async Task<Dictionary<Store, StoreBuild>> CreateAsync(CancellationToken cancellation)
    {
        var builds = new Dictionary<Store, StoreBuild>();
        foreach (var store in generator.Tenants.Concat(others).Select(Store.Of).Prepend(Store.Shared).Distinct())
        {
            await StoreDatabase.EnsureAsync(server, store.Database, cancellation);
            await using var owner = await server.OpenOwnerAsync(store.Database, cancellation);
            if (builds.Keys.All(other => other.Database != store.Database))
            {
                await StoreBuild.ClearAsync(owner, log, cancellation);
            }

            await using var loader = await server.OpenLoaderAsync(store.Database, cancellation);
            var (first, last) = (generator.Calendar.First, reportingDay.AddMonths(Partitions.MonthsAhead));
            if (await Carried(loader, store).MonthsAsync(cancellation) is { } carried)
            {
                first = carried.First < first ? carried.First : first;
                last = carried.Last > last ? carried.Last : last;
            }

            var build = new StoreBuild(server, store);
            await build.CreateAsync(first, last, cancellation);
            builds.Add(store, build);
        }

        return builds;
    }

    private async Task<long> CopyAsync(Dictionary<Store, StoreBuild> builds, CancellationToken cancellation)
    {
        var total = 0L;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Hands, CancellationToken = cancellation };
        await Parallel.ForEachAsync(generator.Tenants, parallel, async (tenant, stop) =>
        {
            await using var loader = await server.OpenBulkLoaderAsync(builds[Store.Of(tenant)].Aside, stop);
            var clinic = generator.Generate(tenant);
            var count = new ClinicCopy(loader, clinic, reportingDay).Write(stop);
            Interlocked.Add(ref total, count);
            log.WriteLine($"data: {tenant.Key}: {clinic.Staff.Count} staff, {count} appointments");
        });
        return total;
    }

    private async Task TakeOverAsync(StoreBuild build, CancellationToken cancellation)
    {
        await using var loader = await server.OpenLoaderAsync(build.Store.Database, cancellation);
        await Carried(loader, build.Store).TakeOverAsync(build.Aside.Schema, reportingDay, cancellation);
    }

    // Of what was generated: rows that were taken over are somebody's who came after the erasure.
    private async Task EraseAsync(StoreBuild build, IReadOnlyList<ErasedPatient> patients, CancellationToken cancellation)
    {
        await using var loader = await server.OpenLoaderAsync(build.Aside, cancellation);
        foreach (var tenant in generator.Tenants.Where(tenant => Store.Of(tenant) == build.Store))
        {
            foreach (var patient in patients.Where(patient => patient.IsOf(tenant.Key)))
            {
                await PatientErasure.DeleteAsync(loader, tenant.Key, patient.Id, cancellation);
            }
        }
    }

    private async Task CountAsync(
        Dictionary<Store, StoreBuild> builds, StoreBuild network, IReadOnlyList<Tenant> networks, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Hands, CancellationToken = cancellation };
        await Parallel.ForEachAsync(generator.Tenants.Concat(others), parallel, async (tenant, stop) =>
        {
            await using var store = await server.OpenLoaderAsync(builds[Store.Of(tenant)].Aside, stop);
            await using var figures = await server.OpenBulkLoaderAsync(network.Aside, stop);
            await new NetworkFigures(figures, reportingDay).RefreshAsync(store, tenant.Key, stop);
        });

        await using var loader = await server.OpenLoaderAsync(network.Aside, cancellation);
        foreach (var tenant in networks)
        {
            await loader.ExecuteAsync("insert into networks (tenant_id, name) values ($1, $2)", cancellation, tenant.Key, tenant.Name);
        }

        var average = new NetworkFigures(loader, reportingDay);
        await average.AverageAsync(cancellation);
        foreach (var build in builds.Values)
        {
            await using var store = await server.OpenLoaderAsync(build.Aside, cancellation);
            await average.ShipBenchmarksAsync(store, cancellation);
        }

        await network.AnalyzeAsync(cancellation);
    }

    // All is done in every database before the first commits, so that one follows upon the other. The database clinic
    // comes last: its record of the load says that all are there, and until then that they may not be.
    private async Task SwapAsync(
        IReadOnlyList<StoreBuild> builds, NpgsqlConnection main, long appointments, CancellationToken cancellation)
    {
        await main.ExecuteAsync("update clinic_load.loads set replaced_since = now() where replaced_since is null", cancellation);
        var owners = new List<NpgsqlConnection>();
        var swaps = new List<NpgsqlTransaction>();
        try
        {
            foreach (var database in builds.GroupBy(build => build.Store.Database).OrderBy(group => group.Key == Store.Shared.Database))
            {
                var owner = database.Key == Store.Shared.Database ? main : await server.OpenOwnerAsync(database.Key, cancellation);
                owners.Add(owner);
                swaps.Add(await owner.BeginTransactionAsync(cancellation));
                await StoreBuild.SwapAsync([.. database], owner, cancellation);
            }

            await main.ExecuteAsync("delete from clinic_load.loads", cancellation);
            await main.ExecuteAsync(
                "insert into clinic_load.loads (fingerprint, appointments, reporting_day) values ($1, $2, $3)",
                cancellation, generator.Fingerprint, appointments, reportingDay);
            foreach (var swap in swaps)
            {
                await swap.CommitAsync(cancellation);
            }

            foreach (var owner in owners)
            {
                await StoreBuild.ClearAsync(owner, log, cancellation);
            }
        }
        finally
        {
            foreach (var swap in swaps)
            {
                await swap.DisposeAsync();
            }

            foreach (var owner in owners.Where(owner => owner != main))
            {
                await owner.DisposeAsync();
            }
        }
    }

    private CarriedRows Carried(NpgsqlConnection loader, Store store) =>
        new(loader, store.Schema, [.. generator.Tenants.Select(tenant => tenant.Key)]);

    private void Say(string what) => log.WriteLine(FormattableString.Invariant($"data: {clock.Elapsed.TotalSeconds:0.0} s: {what}"));
}
