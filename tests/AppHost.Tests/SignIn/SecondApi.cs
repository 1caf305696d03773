using System.Diagnostics;
using System.Reflection;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>One more process of the Api, with the environment of the stack's own but for the ports.</summary>
internal sealed class SecondApi : IAsyncDisposable
{
    private static readonly string Program =
        typeof(SecondApi).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ApiProgram").Value!;

    private readonly Process process;

    private SecondApi(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<SecondApi> StartAsync(StackFixture stack, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the environment of the stack's own Api from /proc.");
        var ports = FreePorts();
        var start = new ProcessStartInfo("dotnet", [Program])
        {
            WorkingDirectory = Path.GetFullPath("../Api", Projects.AppHost.ProjectPath), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in EnvironmentOfApi())
        {
            start.Environment[name] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = string.Join(';', ports.Select(port => $"http://127.0.0.1:{port}"));
        (start.Environment["EMBED_PORT"], start.Environment["AUTHORS_PORT"]) = ($"{ports[1]}", $"{ports[2]}");
        var second = new SecondApi(Process.Start(start)!, new Uri($"http://127.0.0.1:{ports[0]}"));
        second.process.OutputDataReceived += (_, _) => { };
        second.process.BeginOutputReadLine();
        second.process.BeginErrorReadLine();
        await second.WaitAsync(stack, cancellationToken);
        return second;
    }

    /// <summary>Ends the process as a machine that loses power does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static int[] FreePorts()
    {
        var listeners = Enumerable.Range(0, 3).Select(_ => new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0)).ToArray();
        Array.ForEach(listeners, listener => listener.Start());
        var ports = listeners.Select(listener => ((System.Net.IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    // The engine tells nobody what it gave a process, but the process itself does.
    private static Dictionary<string, string> EnvironmentOfApi() => Directory.EnumerateDirectories("/proc")
        .Select(folder => Read(Path.Combine(folder, "environ")))
        .First(environment => environment.ContainsKey("EMBED_PORT") && environment.GetValueOrDefault(StackFixture.RunMarker.Split('=')[0]) == StackFixture.RunMarker.Split('=')[1]);

    private static Dictionary<string, string> Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
                .GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.Last()[1]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private async Task WaitAsync(StackFixture stack, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var attempt = 0; attempt < 120; attempt++)
        {
            Assert.False(process.HasExited, $"The second Api ended at once.\n{stack.Describe()}");
            try
            {
                using var answer = await client.GetAsync("health", cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
            }

            await Task.Delay(500, cancellationToken);
        }

        Assert.Fail($"The second Api was not healthy within 60 s.\n{stack.Describe()}");
    }
}
