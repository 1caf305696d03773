using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Stores;
using EmbedStack.Databases.Tests.Stores;

namespace EmbedStack.Databases.Tests.Loading;

public class LoadTests(Databases databases)
{
    private const string Rows =
        "select md5(string_agg(md5(appointment::text), '' order by appointment_id)) from clinic.appointments appointment";

    private const string LoadedAt = "select loaded_at::text from clinic_load.loads";

    private const string Version = "select version from shared.data_version where name = 'clinic'";

    [Fact]
    public async Task SecondRunLoadsNothing()
    {
        await using var clinic = await databases.OpenSuperuserAsync("clinic");
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        var before = (await clinic.ScalarAsync<string>(LoadedAt), await shared.ScalarAsync<long>(Version));

        var run = await databases.LoadAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("up to date", run.Output);
        Assert.Equal(before, (await clinic.ScalarAsync<string>(LoadedAt), await shared.ScalarAsync<long>(Version)));
    }

    [Fact]
    public async Task ReseedMakesTheSameRowsAgainAndRaisesTheDataVersion()
    {
        await using var clinic = await databases.OpenSuperuserAsync("clinic");
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        var (rows, loadedAt) = (await clinic.ScalarAsync<string>(Rows), await clinic.ScalarAsync<string>(LoadedAt));
        var version = await shared.ScalarAsync<long>(Version);

        var run = await databases.LoadAsync(("ClinicData__Reseed", "true"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(rows, await clinic.ScalarAsync<string>(Rows));
        Assert.NotEqual(loadedAt, await clinic.ScalarAsync<string>(LoadedAt));
        Assert.Equal(version + 1, await shared.ScalarAsync<long>(Version));
    }

    [Fact]
    public async Task ADayThatHasPassedIsCaughtUpWhenAskedForAlone()
    {
        (string, string?) tomorrow = ("ClinicData__ReportingDay", "2026-11-03");
        (string, string?) forward = ("ClinicData__RollForward", "true");
        var added = new Tenant { Key = "rolled", Name = "Rolled", Kind = "clinic", Isolation = "shared" };
        await new StoreProvisioner(databases.Clinics, TextWriter.Null).ProvisionAsync(added, TestContext.Current.CancellationToken);
        await Visits.AddAsync(databases, added.Key, Store.Shared, 999_000_002);

        Assert.Contains("up to date", (await databases.LoadAsync(tomorrow)).Output);
        Assert.DoesNotContain("up to date", (await databases.LoadAsync(tomorrow, forward)).Output);
        await AssertDaysAheadAsync("2026-11-03");
        Assert.Contains("up to date", (await databases.LoadAsync(tomorrow, forward)).Output);

        Assert.Equal("", (await databases.LoadAsync(forward)).Error);
        await AssertDaysAheadAsync("2026-11-02");
        await new TenantErasure(databases.Clinics, TextWriter.Null).EraseAsync(added.Key, TestContext.Current.CancellationToken);

        async Task AssertDaysAheadAsync(string today)
        {
            await using var clinic = await databases.OpenSuperuserAsync("clinic");
            Assert.Equal(0, await clinic.ScalarAsync<long>($"select count(*) from clinic.appointments where days_ahead <> appointment_date - '{today}'::date"));
            Assert.Equal(0, await clinic.ScalarAsync<long>($"select count(*) from clinic.shifts where days_ahead <> worked_on - '{today}'::date"));
            Assert.Equal(1, await clinic.ScalarAsync<long>("select count(*) from clinic.appointments where tenant_id = 'rolled'"));
            Assert.Equal(0, await clinic.ScalarAsync<long>($"select count(*) from clinic.appointments where status = 'booked' and tenant_id <> 'rolled' and appointment_date < '{today}'"));
        }
    }

    [Fact]
    public async Task NewsThatDidNotGetThroughAreToldByTheNextRun()
    {
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        var version = await shared.ScalarAsync<long>(Version);

        await shared.ExecuteAsync("revoke update on shared.data_version from clinic_loader");
        var cut = await databases.LoadAsync(["--reseed"]);
        await shared.ExecuteAsync("grant update on shared.data_version to clinic_loader");
        Assert.Equal(1, cut.ExitCode);
        Assert.StartsWith("clinic-data: Postgres refused: 42501", Assert.Single(cut.ErrorLines));
        Assert.Equal(version, await shared.ScalarAsync<long>(Version));

        await databases.LoadAsync();
        Assert.Equal(version + 1, await shared.ScalarAsync<long>(Version));
    }

    [Theory]
    [InlineData("ClinicData__Scale", "huge", "may be small, demo or large")]
    [InlineData("ClinicData__Seed", "one", "ClinicData__Seed cannot be 'one'")]
    [InlineData("Tenants__File", "/nowhere/tenants.yaml", "cannot read /nowhere/tenants.yaml")]
    [InlineData("ConnectionStrings__clinic-db", "", "ConnectionStrings__clinic-db is missing")]
    public async Task WrongSettingEndsInOneLine(string name, string value, string cause)
    {
        var run = await databases.LoadAsync((name, value));

        Assert.Equal(1, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.StartsWith("clinic-data: ", line);
        Assert.Contains(cause, line);
    }
}
