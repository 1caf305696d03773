using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Generation;
using EmbedStack.ClinicData.Loading;
using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Databases.Tests.Loading;

public class VisibilityTests(Databases databases)
{
    private const string Leftovers = "select nspname::text from pg_namespace where nspname ~ '^(next|old)_'";

    [Theory]
    [InlineData("copied")]
    [InlineData("policies in place")]
    public async Task HalfALoadIsNeverVisible(string moment)
    {
        await using var reader = await databases.OpenReaderAsync("northside", "admin");
        await using var server = await databases.OpenSuperuserAsync("clinic");
        var before = await CountAsync();
        var during = new List<long>();
        var breaking = new BreakAt(moment, () => during.Add(CountAsync().GetAwaiter().GetResult()));

        await using (var main = await StorageLock.TakeAsync(databases.Clinics, TestContext.Current.CancellationToken))
        {
            var tenants = TenantFile.Read(Path.Combine(AppContext.BaseDirectory, "tenants.yaml"));
            var otherRows = new NetworkGenerator(tenants, Scale.Small, seed: 99, Scale.Small.ReportingDay!.Value);
            await Assert.ThrowsAsync<IOException>(
                () => new Load(databases.Clinics, otherRows, [], breaking).RunAsync(main, [], [], TestContext.Current.CancellationToken));
        }

        Assert.Equal([before], during);
        Assert.Equal(before, await CountAsync());
        Assert.NotEmpty(await server.ListAsync<string>(Leftovers));

        Assert.Equal(0, (await databases.LoadAsync(["--reseed"])).ExitCode);
        Assert.Empty(await server.ListAsync<string>(Leftovers));
        Assert.Equal(before, await CountAsync());

        Task<long> CountAsync() => reader.ScalarAsync<long>(
            "select sum(hashtext(appointment_facts::text)::bigint)::bigint from clinic.appointment_facts");
    }

    [Fact]
    public async Task AReaderInTheMiddleOfAQueryNeitherStopsTheLoadNorIsStopped()
    {
        await using var reader = await databases.OpenReaderAsync("northside", "admin");
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await reader.ExecuteAsync("begin");
        var before = await reader.ScalarAsync<long>("select count(*) from appointment_facts");

        var run = await databases.LoadAsync(("ClinicData__Seed", "5"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("still being read", run.Output);
        await reader.ExecuteAsync("commit");
        Assert.NotEqual(before, await reader.ScalarAsync<long>("select count(*) from appointment_facts"));

        await databases.LoadAsync();
        Assert.Equal(before, await reader.ScalarAsync<long>("select count(*) from appointment_facts"));
        Assert.Empty(await server.ListAsync<string>(Leftovers));
    }

    /// <summary>A log whose disk fills up at one moment of the load.</summary>
    private sealed class BreakAt(string text, Action first) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value!.Contains(text))
            {
                first();
                throw new IOException("disk full");
            }
        }
    }
}
