using System.Net;
using System.Net.Sockets;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Script.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task MissingSdkIsNamedWithTheNextStep()
    {
        var tools = Directory.CreateTempSubdirectory("embedstack-tools-");
        foreach (var tool in new[] { "bash", "dirname", "uname", "mkdir", "cat" })
        {
            File.CreateSymbolicLink(Path.Combine(tools.FullName, tool), $"/usr/bin/{tool}");
        }

        var run = await ScriptRun.FunctionAsync($"PATH={tools.FullName}; check_dotnet");

        tools.Delete(recursive: true);
        AssertOneLine(run, ".NET SDK: dotnet is not on PATH. Next: install the .NET 10 SDK");
    }

    [Fact]
    public async Task TakenPortIsNamed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var run = await ScriptRun.FunctionAsync($"stack_ports=({port}); check_ports");

        AssertOneLine(run, $"port {port}: another program listens on it");
    }

    [Fact]
    public async Task TooLittleDiskIsNamed()
    {
        var run = await ScriptRun.FunctionAsync("free_disk_mib=999999999; check_disk");

        AssertOneLine(run, "Next: free some space");
    }

    [Fact]
    public async Task FolderThatIsNoMirrorIsNamed()
    {
        var run = await ScriptRun.FunctionAsync("EMBEDSTACK_MIRROR=/nonsense; unpack_mirror");

        AssertOneLine(run, "mirror: EMBEDSTACK_MIRROR=/nonsense holds no mirror");
    }

    [Fact]
    public async Task NeitherRegistryNorMirrorIsNamed()
    {
        var run = await ScriptRun.FunctionAsync("unset EMBEDSTACK_MIRROR; mirror_folder() { :; }; use_mirror https://registry.invalid/simple/ Superset");

        AssertOneLine(run, "Superset: registry.invalid does not answer and no mirror folder is there");
    }

    [Fact]
    public async Task FailedStepNamesItsCauseAndLog()
    {
        var run = await ScriptRun.FunctionAsync("failing() { echo 'no space left on device'; return 1; }; step Keycloak 'free some space' failing");

        AssertOneLine(run, "Keycloak: no space left on device. Next: free some space (log: ");
    }

    [Fact]
    public async Task DamagedDownloadIsRefused()
    {
        var run = await ScriptRun.FunctionAsync(
            """
            curl() { case "${*: -1}" in *.sha1) printf '%040d' 0 ;; *) printf damaged >"$state/file" ;; esac; }
            step download 'check the network' download_checked https://registry.invalid/file "$state/file"
            """);

        AssertOneLine(run, "download: ");
    }

    [Theory]
    [InlineData("sideways", "there is no command 'sideways'")]
    [InlineData("up --sideways", "up has no option '--sideways'")]
    [InlineData("up --runtime", "--runtime is native or container")]
    [InlineData("up --runtime clouds", "--runtime is native or container, not 'clouds'")]
    [InlineData("test --runtime clouds", "--runtime is native or container, not 'clouds'")]
    [InlineData("images all", "images has no option 'all'")]
    [InlineData("test --filter", "--filter takes a part of a test's name")]
    [InlineData("test --sideways", "test has no option '--sideways'")]
    //#if (clinics)
    [InlineData("test sideways", "there is no suite 'sideways', only: containers faults image leak restart smoke")]
    [InlineData("test .", "there is no suite '.', only: containers faults image leak restart smoke")]
    //#endif
    [InlineData("test leak leak", "test takes one suite, not 'leak' and 'leak'")]
    [InlineData("tenant", "tenant takes add or remove")]
    [InlineData("tenant list", "tenant has no command 'list'")]
    [InlineData("tenant add", "tenant add takes a name")]
    [InlineData("tenant add Lakeside Clinic", "tenant add takes one name, not 'Lakeside' and 'Clinic'")]
    [InlineData("tenant add Lakeside --sideways", "tenant add has no option '--sideways'")]
    [InlineData("tenant add Lakeside --isolation", "--isolation takes a value")]
    [InlineData("tenant add Lakeside --key --isolation schema", "--key takes a value")]
    [InlineData("tenant add Lakeside --isolation island", "--isolation is shared, schema or database, not 'island'")]
    [InlineData("tenant remove", "tenant remove takes a key")]
    [InlineData("tenant remove a b", "tenant remove takes one key, not 'a' and 'b'")]
    [InlineData("tenant remove a --force", "tenant remove has no option '--force'")]
    [InlineData("dashboard", "dashboard takes pull, diff, lint, push or record")]
    [InlineData("dashboard paint clinic", "dashboard has no command 'paint'")]
    [InlineData("dashboard record", "dashboard record takes a dashboard's key, or --all")]
    [InlineData("dashboard record clinic --all", "dashboard record takes keys or --all, not both")]
    [InlineData("dashboard record clinic --sideways", "dashboard record has no option '--sideways'")]
    [InlineData("dashboard pull", "dashboard pull takes a dashboard's key, or --all")]
    [InlineData("dashboard diff --all clinic", "dashboard diff takes keys or --all, not both")]
    [InlineData("dashboard lint --fix", "dashboard lint has no option '--fix'")]
    [InlineData("dashboard push clinic --force", "dashboard push has no option '--force'")]
    //#if (clinics)
    [InlineData("patient erase", "patient erase takes a tenant's key and a patient's number there")]
    [InlineData("patient erase 12", "patient erase takes a tenant's key and a patient's number there")]
    [InlineData("patient erase northside 12b", "'12b' is no patient's number")]
    [InlineData("patient erase northside 12 13", "and no '13'")]
    [InlineData("patient erase northside 12 --tenant harbour", "patient erase has no option '--tenant'")]
    [InlineData("patient mend 12", "patient has no command 'mend'")]
    //#endif
    public async Task WrongCommandLineIsNamed(string arguments, string cause)
    {
        var run = await ScriptRun.CommandAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(cause, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("up --help")]
    [InlineData("down --help")]
    [InlineData("status --help")]
    [InlineData("test --help")]
    [InlineData("images --help")]
    [InlineData("tenant --help")]
    [InlineData("tenant add --help")]
    [InlineData("tenant remove --help")]
    [InlineData("dashboard --help")]
    [InlineData("dashboard record --help")]
    [InlineData("dashboard pull --help")]
    [InlineData("dashboard diff --help")]
    [InlineData("dashboard lint --help")]
    [InlineData("dashboard push --help")]
    //#if (clinics)
    [InlineData("patient --help")]
    [InlineData("patient erase --help")]
    //#endif
    public async Task EachCommandExplainsItself(string arguments)
    {
        var run = await ScriptRun.CommandAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("usage: ./embedstack", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tenant_command add Lakeside")]
    [InlineData("tenant_command remove lakeside --erase --yes")]
    //#if (clinics)
    [InlineData("patient_command erase northside 12 --yes")]
    //#endif
    [InlineData("dashboard_command record clinic")]
    [InlineData("dashboard_command pull clinic")]
    [InlineData("dashboard_command diff clinic")]
    [InlineData("dashboard_command push clinic")]
    public async Task CommandForAStackThatIsNotUpSaysSo(string command)
    {
        var run = await ScriptRun.FunctionAsync(command);

        AssertOneLine(run, "stack: it is not up. Next: ./embedstack up", exitCode: 3);
    }

    private static void AssertOneLine(ProcessRun run, string expected, int exitCode = 1)
    {
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("embedstack: ", run.Error, StringComparison.Ordinal);
    }
}
