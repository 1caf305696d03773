using System.Diagnostics;

namespace EmbedStack.Offline.Tests;

/// <summary>Nothing is left running, however an AppHost that is a process of its own ends.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData("-KILL")]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task AnAppHostThatIsSignalledLeavesNoProcess(string signal)
    {
        using var appHost = StartAppHost();
        try
        {
            var processes = await WaitForResourcesAsync(appHost);
            using (var kill = Process.Start("kill", [signal, $"{appHost.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            await appHost.WaitForExitAsync().WaitAsync(_patience);
            await AssertEndedAsync(processes);
        }
        finally
        {
            if (!appHost.HasExited)
            {
                appHost.Kill();
            }
        }
    }

    private static Process StartAppHost()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Projects.Toy_AppHost).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = "http://localhost:18888";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        return Process.Start(start)!;
    }

    // By then the dashboard runs as well as the toys: engine, controllers, dashboard, service, sleeper, stubborn.
    private static async Task<IReadOnlySet<int>> WaitForResourcesAsync(Process appHost)
    {
        using var timeout = new CancellationTokenSource(_patience);
        while (await appHost.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.Contains("Login to the dashboard at http://localhost:", StringComparison.Ordinal))
            {
                break;
            }
        }

        IReadOnlySet<int> processes;
        do
        {
            await Task.Delay(200, timeout.Token);
            processes = EngineProcesses.Of(appHost.Id);
        }
        while (processes.Count < 6);

        return processes;
    }

    internal static async Task AssertEndedAsync(IEnumerable<int> processes)
    {
        var deadline = Stopwatch.StartNew();
        while (processes.Any(EngineProcesses.IsAlive) && deadline.Elapsed < _patience)
        {
            await Task.Delay(100);
        }

        Assert.DoesNotContain(processes, EngineProcesses.IsAlive);
    }
}
