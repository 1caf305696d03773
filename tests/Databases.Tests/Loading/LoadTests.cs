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
