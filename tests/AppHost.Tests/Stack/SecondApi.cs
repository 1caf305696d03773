using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>
/// One more process of the Api, with the environment of the stack's own but for the ports and what a test sets: sessions,
/// keys and secrets are shared.
/// </summary>
internal sealed class SecondApi : IAsyncDisposable
{
    // Stands in the environment of these processes, and not of the stack's own.
    private const string Mark = "EMBEDSTACK_TEST_SECOND_API";
    private const int LinesKept = 40;

    private static readonly string Program =
        typeof(SecondApi).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ApiProgram").Value!;

    private readonly Process process;
    private readonly ConcurrentQueue<string> log = [];

    private SecondApi(Process process, int port, int embedPort)
    {
        (this.process, Address, Embed) = (process, new Uri($"http://127.0.0.1:{port}"), new Uri($"http://127.0.0.1:{embedPort}"));
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>Where it serves the embed origin, whose host requests must name.</summary>
    public Uri Embed { get; }

    /// <param name="stack">The stack that it joins.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="settings">What it is configured with otherwise.</param>
    public static async Task<SecondApi> StartAsync(
        StackFixture stack, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? settings = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the environment of the stack's own Api from /proc.");
        var ports = FreePorts.Take(3);
        var start = new ProcessStartInfo("dotnet", [Program])
        {
            WorkingDirectory = Path.GetFullPath("../Api", Projects.AppHost.ProjectPath), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in EnvironmentOfApi(stack).Concat(settings ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        start.Environment[Mark] = "1";
        start.Environment["ASPNETCORE_URLS"] = string.Join(';', ports.Select(port => $"http://127.0.0.1:{port}"));
        (start.Environment["EMBED_PORT"], start.Environment["AUTHORS_PORT"]) = ($"{ports[1]}", $"{ports[2]}");
        var second = new SecondApi(Process.Start(start)!, ports[0], ports[1]);
        try
        {
            await second.WaitAsync(cancellationToken);
            return second;
        }
        catch
        {
            await second.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process as a machine that loses power does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    // The engine tells nobody what it gave a process, but the process itself does.
    private static Dictionary<string, string> EnvironmentOfApi(StackFixture stack)
    {
        var run = StackFixture.RunMarker.Split('=');
        return Directory.EnumerateDirectories("/proc")
            .Select(folder => Read(Path.Combine(folder, "environ")))
            .FirstOrDefault(found => found.ContainsKey("EMBED_PORT") && !found.ContainsKey(Mark) && found.GetValueOrDefault(run[0]) == run[1])
            ?? throw new InvalidOperationException($"The stack's Api was not found.\n{stack.Describe()}");
    }

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

    private void Keep(string? line)
    {
        log.Enqueue(line ?? "");
        while (log.Count > LinesKept)
        {
            log.TryDequeue(out _);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var attempt = 0; attempt < 120 && !process.HasExited; attempt++)
        {
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

        Assert.Fail($"The second Api {(process.HasExited ? "ended at once" : "was not healthy within 60 s")}:\n{string.Join('\n', log)}");
    }
}
