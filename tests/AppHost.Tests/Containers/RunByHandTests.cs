using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Postgres;
using EmbedStack.Tests.Processes;

namespace EmbedStack.AppHost.Tests.Containers;

/// <summary>The image without Aspire: the command of SupersetContainer's README, beside the stack's own Superset.</summary>
[Trait("Category", "Containers")]
public sealed partial class RunByHandTests(StackFixture stack) : IAsyncLifetime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CommandPatience = TimeSpan.FromMinutes(1);

    private readonly StackContainer superset = new(stack, ResourceNames.Superset);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("embedstack-by-hand-");
    private readonly string name = $"embedstack-by-hand-{Guid.NewGuid():N}"[..30];
    private readonly int port = FreePorts.TakeOne();

    public async ValueTask InitializeAsync()
    {
        // What the stack's container was given, but for the server's size, which is the image's business here.
        var given = (await superset.InspectAsync("{{range .Config.Env}}{{println .}}{{end}}")).Split('\n')
            .Where(line => line.Contains('=', StringComparison.Ordinal) && !OfTheImage().IsMatch(line));
        var file = Path.Combine(folder.FullName, "superset.env");
        await File.WriteAllLinesAsync(file, given, TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(
            Path.Combine(folder.FullName, "secrets"),
            await superset.InspectAsync("{{range .Mounts}}{{if eq .Destination \"/run/secrets\"}}{{.Source}}{{end}}{{end}}"));
    }

    public async ValueTask DisposeAsync()
    {
        await StackContainer.AskAsync("rm", "--force", name);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task CommandOfTheReadmeServes()
    {
        var command = Command().Match(await ReadmeAsync()).Groups[1].Value;
        command = Replaced(command, "--name superset ", $"--name {name} ");
        command = Replaced(command, "--network superset ", $"--network {await superset.InspectAsync("{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}")} ");
        command = Replaced(command, "127.0.0.1:8088:", $"127.0.0.1:{port}:");
        command = Replaced(command, "embedstack/superset", await superset.InspectAsync("{{.Image}}"));
        command = Replaced(command, "podman run", $"{StackContainer.Runtime} run");

        var run = await ShellAsync(command);
        Assert.True(run.ExitCode == 0, run.Error);
        await HealthyAsync();

        // The image's own health check, and a server of the size of its limit: one processor, one worker.
        Assert.Equal(0, (await StackContainer.AskAsync("exec", name, "python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8088/health', timeout=4)")).ExitCode);
        Assert.Equal("2", (await StackContainer.AskAsync("exec", name, "sh", "-c", "cat /proc/*/comm | grep -c '^gunicorn'")).Output.Trim());

        var stopped = Stopwatch.StartNew();
        Assert.Equal(0, (await StackContainer.AskAsync("stop", "--time", "20", name)).ExitCode);
        Assert.Equal("0", (await StackContainer.AskAsync("inspect", "--format", "{{.State.ExitCode}}", name)).Output.Trim());
        Assert.True(stopped.Elapsed < TimeSpan.FromSeconds(15), $"SIGTERM took {stopped.Elapsed}");
    }

    private static string Replaced(string text, string old, string @new)
    {
        Assert.Equal(2, text.Split(old).Length);
        return text.Replace(old, @new, StringComparison.Ordinal);
    }

    private static Task<string> ReadmeAsync() =>
        File.ReadAllTextAsync(Path.GetFullPath("../SupersetContainer/README.md", Projects.AppHost.ProjectPath), TestContext.Current.CancellationToken);

    [GeneratedRegex("```sh\n(podman run .*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Command();

    [GeneratedRegex("^(PATH|HOME|HOSTNAME|container|PYTHON[A-Z]*|SUPERSET_(BIND|PORT|HOME|CONFIG_PATH|WORKERS|THREADS)|OTEL_.*)=")]
    private static partial Regex OfTheImage();

    private Task<ProcessRun> ShellAsync(string command) =>
        ProcessRun.OfAsync(new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = folder.FullName }, CommandPatience);

    private async Task HealthyAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(StartPatience);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/health")), patience.Token);
                if (answer.StatusCode is HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException && !patience.IsCancellationRequested)
            {
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                var log = await ProcessRun.OfAsync(new ProcessStartInfo(StackContainer.Runtime, ["logs", "--tail", "30", name]), CommandPatience);
                Assert.Fail($"It was not healthy within {StartPatience}:\n{log.Output}\n{log.Error}");
            }

            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }
}
