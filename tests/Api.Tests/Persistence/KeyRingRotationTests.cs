using System.Diagnostics;
using System.Net;
using System.Reflection;
using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Api.Tests.Persistence;

/// <summary>The secret of the key ring is rotated by the real program while the Api, or Postgres, is away.</summary>
public sealed class KeyRingRotationTests(TestDatabases postgres) : IAsyncLifetime
{
    private static readonly string Program =
        typeof(KeyRingRotationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "RotationProgram").Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("embedstack-rotation-").FullName;
    private readonly ApiFixture _api = new(postgres);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    [Fact]
    public async Task SecondRotationWaitsForTheApiAndLosesNoSession()
    {
        using var browser = await _api.SignInAsync(new TestPerson());
        await _api.Api.DisposeAsync();
        Assert.Equal(0, (await RotateAsync()).ExitCode);
        var between = await File.ReadAllTextAsync(_api.DataProtectionKeyFile, Cancellation);

        var refused = await RotateAsync();

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("still under the value before", Assert.Single(refused.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(between, await File.ReadAllTextAsync(_api.DataProtectionKeyFile, Cancellation));
        var back = _api.StartInstance();
        await AssertKnownAsync(browser, back);
        var again = await RotateAsync();
        Assert.True(again.ExitCode == 0, again.Error);
        await AssertKnownAsync(browser, back);
    }

    [Fact]
    public async Task WithoutPostgresNobodyCanTellAndForceDoesNotAsk()
    {
        const string Nowhere = "Host=127.0.0.1;Port=1;Database=x;Username=api;Timeout=2";
        Assert.Equal(0, (await RotateAsync(database: Nowhere)).ExitCode);
        var before = await File.ReadAllLinesAsync(_api.DataProtectionKeyFile, Cancellation);

        var refused = await RotateAsync(database: Nowhere);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("cannot be seen", Assert.Single(refused.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllLinesAsync(_api.DataProtectionKeyFile, Cancellation));

        Assert.Equal(0, (await RotateAsync(["--force"], Nowhere)).ExitCode);
        Assert.Equal(before[0], (await File.ReadAllLinesAsync(_api.DataProtectionKeyFile, Cancellation))[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ProcessRun> RotateAsync(string[]? options = null, string? database = null)
    {
        var status = Path.Combine(_folder, "status");
        await File.WriteAllTextAsync(
            status, $"state\trunning\nsecrets\t{_folder}\tthrown-away\nsecret\tdata-protection-key\t{_api.DataProtectionKeyFile}\n", Cancellation);
        var start = new ProcessStartInfo("dotnet", [Program, .. options ?? [], "data-protection-key"]);
        start.Environment["EmbedStack__StatusFile"] = status;
        start.Environment["ConnectionStrings__embedstack-db"] = database ?? _api.Database.ApiConnectionString;
        return await ProcessRun.OfAsync(start, TimeSpan.FromMinutes(1));
    }

    private static async Task AssertKnownAsync(Browser browser, ApiInstance instance)
    {
        using var there = ApiFixture.NewBrowser(instance);
        there.Cookies["__Host-embedstack"] = browser.Cookies["__Host-embedstack"];
        using var answer = await there.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
