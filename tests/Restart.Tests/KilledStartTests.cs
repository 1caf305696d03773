using System.Diagnostics;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Restart.Tests;

/// <summary>A start that is killed with its engine half-way: the next one finds nothing of it that is in its way.</summary>
public sealed class KilledStartTests
{
    private static readonly string Tool = ContainerTool.Name;
    private static readonly string Root = Path.GetFullPath("..", Projects.AppHost.ProjectPath);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task ContainersAndVolumesOfAKilledStartAreSwept()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_RUNTIME") == "container", "It needs containers: ./embedstack test restart --runtime container.");
        var marker = $"EMBEDSTACK_TEST_KILLED={Guid.NewGuid():N}";
        using var start = Start(marker);
        try
        {
            await UntilAsync($"{Tool} ps --quiet --filter label=embedstack.process={start.Id}", lines => lines >= 2);
            Assert.Single(await LinesAsync($"{Tool} volume ls --quiet --filter name=-run-{start.Id}-"));
        }
        finally
        {
            KillAll(marker);
        }

        await ScriptAsync("container_runtime=$1; uses_standins=${EmbedStack__Images__StandIns:-false}; sweep_containers");

        Assert.Empty(await LinesAsync($"{Tool} ps --all --quiet --filter label=embedstack.process={start.Id}"));
        Assert.Empty(await LinesAsync($"{Tool} volume ls --quiet --filter name=-run-{start.Id}-"));
    }

    private static Process Start(string marker)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "../../AppHost/debug/AppHost.dll");
        var start = new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = Path.Combine(Root, "AppHost"), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var setting in new[]
        {
            marker, "DOTNET_ENVIRONMENT=Development", "ASPNETCORE_URLS=http://localhost:0", "ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
            "EmbedStack__Persist=false", "EmbedStack__Runtime=container", "EmbedStack__Web=built",
        })
        {
            var (name, value) = (setting.Split('=')[0], setting.Split('=')[1]);
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    // With the engine, which would clean up after an AppHost that dies alone; what holds containers goes on.
    private static void KillAll(string marker)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                if (File.ReadAllText($"{folder}/environ").Contains(marker, StringComparison.Ordinal)
                    && File.ReadAllText($"{folder}/comm").Trim() is not ("conmon" or "aardvark-dns"))
                {
                    using var process = Process.GetProcessById(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture));
                    process.Kill();
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
            }
        }
    }

    private static async Task UntilAsync(string command, Func<int, bool> isEnough)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isEnough((await LinesAsync(command)).Length))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Limit, $"Not within {Limit}: {command}");
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string[]> LinesAsync(string command)
    {
        var run = await ProcessRun.OfAsync(new("bash", ["-c", command]), Limit);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task ScriptAsync(string code)
    {
        const string Script = "set -euo pipefail; root=$PWD; state=$PWD/.embedstack; for part in output sources setup images; do . scripts/$part.sh; done; ";
        var run = await ProcessRun.OfAsync(new("bash", ["-c", Script + code, "script", Tool]) { WorkingDirectory = Root }, Limit);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
