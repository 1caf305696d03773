using System.Diagnostics;
using Npgsql;

namespace EmbedStack.Databases.Tests.Loading;

/// <summary>
/// A load replaces one database after the other. Between the two, a clinic with a database of its own has all of the
/// new load and the others have all of the old one; the next start finishes what was stopped there.
/// </summary>
public class SwapTests(Databases databases)
{
    private const int Gate = 815;
    private const string Rows = "select t::text from appointment_facts t";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task ALoadThatIsKilledBetweenTwoDatabasesIsFinishedByTheNext()
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await using var shared = await databases.OpenReaderAsync("northside", "admin");
        await using var separate = await databases.OpenReaderAsync("hurstville", "admin", database: "clinic_hurstville");
        var before = (Shared: await SortedAsync(shared), Separate: await SortedAsync(separate), Network: await NetworkAsync(server));

        await KillBetweenCommitsAsync(server);

        Assert.Equal(before.Shared, await SortedAsync(shared));
        Assert.Equal(before.Network, await NetworkAsync(server));
        var swapped = await SortedAsync(separate);
        Assert.NotEqual(before.Separate, swapped);
        Assert.InRange(swapped.Length, before.Separate.Length * 0.8, before.Separate.Length * 1.25);

        // The load that stands in the record is the one asked for: what was stopped is noticed nevertheless.
        var next = await databases.LoadAsync();

        Assert.Equal((0, ""), (next.ExitCode, next.Error));
        Assert.DoesNotContain("up to date", next.Output);
        Assert.Equal(before.Shared, await SortedAsync(shared));
        Assert.Equal(before.Separate, await SortedAsync(separate));
        Assert.Equal(before.Network, await NetworkAsync(server));
        Assert.Contains("up to date", (await databases.LoadAsync()).Output);
    }

    // The commit of the database clinic, which is the last, waits at a gate.
    private async Task KillBetweenCommitsAsync(NpgsqlConnection server)
    {
        await using var gate = await databases.OpenSuperuserAsync("clinic");
        await gate.ExecuteAsync($"select pg_advisory_lock({Gate})");
        await server.ExecuteAsync(
            $$"""
            create function clinic_load.wait() returns trigger language plpgsql as 'begin perform pg_catalog.pg_advisory_xact_lock({{Gate}}); return null; end';
            create constraint trigger wait after insert on clinic_load.loads deferrable initially deferred
                for each row execute function clinic_load.wait();
            """);
        try
        {
            using var load = databases.StartLoad(("ClinicData__Seed", "77"));
            var output = load.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var clock = Stopwatch.StartNew();
            while (!await server.ScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and not granted)"))
            {
                Assert.False(load.HasExited, "The load ended before its last commit.");
                Assert.True(clock.Elapsed < Patience, $"The load does not get to its last commit within {Patience}.");
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            load.Kill(entireProcessTree: true);
            await load.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Contains("policies in place", await output);

            // The server would commit for a client that is gone.
            await server.ExecuteAsync(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = 'clinic-data'");
        }
        finally
        {
            await server.ExecuteAsync("drop function clinic_load.wait() cascade");
        }
    }

    private static async Task<string[]> SortedAsync(NpgsqlConnection reader) =>
        [.. (await reader.ListAsync<string>(Rows)).Order(StringComparer.Ordinal)];

    private static Task<string> NetworkAsync(NpgsqlConnection server) => server.ScalarAsync<string>(
        "select sum(appointments) || ' ' || sum(revenue) || ' ' || count(distinct tenant_id) from network.network_daily");
}
