namespace EmbedStack.Databases.Tests.Loading;

public class VisibilityTests(Databases databases)
{
    private const string Rows = "select t::text from clinic.appointment_facts t";
    private const string Leftovers = "select nspname::text from pg_namespace where nspname ~ '^(next|old)_'";

    [Fact]
    public async Task ALoadThatIsKilledHalfwayLeavesWhatStood()
    {
        await using var reader = await databases.OpenReaderAsync("northside", "admin");
        await using var server = await databases.OpenSuperuserAsync("clinic");
        var before = await reader.ListAsync<string>(Rows);

        using (var load = databases.StartLoad(("ClinicData__Seed", "99")))
        {
            while (await load.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("copied"))
            {
            }

            load.Kill(entireProcessTree: true);
            await load.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, load.ExitCode);
        }

        Assert.Equal(before, await reader.ListAsync<string>(Rows));
        Assert.NotEmpty(await server.ListAsync<string>(Leftovers));

        var next = await databases.LoadAsync(["--reseed"]);
        Assert.Equal((0, ""), (next.ExitCode, next.Error));
        Assert.Empty(await server.ListAsync<string>(Leftovers));
        Assert.Equal(before.Order(StringComparer.Ordinal), (await reader.ListAsync<string>(Rows)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AReaderInTheMiddleOfATransactionNeitherStopsTheLoadNorIsStopped()
    {
        await using var reader = await databases.OpenReaderAsync("northside", "admin");
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await reader.ExecuteAsync("begin");
        var before = await reader.ListAsync<string>(Rows);

        var run = await databases.LoadAsync(("ClinicData__Seed", "5"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("still being read", run.Output);
        await reader.ExecuteAsync("commit");
        Assert.NotEqual(before.Count, (await reader.ListAsync<string>(Rows)).Count);

        await databases.LoadAsync();
        Assert.Equal(before.Order(StringComparer.Ordinal), (await reader.ListAsync<string>(Rows)).Order(StringComparer.Ordinal));
        Assert.Empty(await server.ListAsync<string>(Leftovers));
    }
}
