using System.Diagnostics;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Vite's server in front of an Api, as developers run it.</summary>
internal sealed class DevServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private DevServer(Process process) => this.process = process;

    /// <summary>Where one may be started: the Api must know the app's origin before.</summary>
    public static Uri FreeAddress() => new($"http://localhost:{FreePorts.TakeOne()}/");

    public static async Task<DevServer> StartAsync(Uri address, Uri api, CancellationToken cancellationToken)
    {
        // Its terminal is its own: it makes the one that it inherits one that never blocks, which the test host takes for broken.
        var start = new ProcessStartInfo("node", ["node_modules/vite/bin/vite.js"])
        {
            WorkingDirectory = Path.GetFullPath("../Web", Projects.AppHost.ProjectPath),
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["PORT"], start.Environment["API_HTTP"]) = ($"{address.Port}", api.GetLeftPart(UriPartial.Authority));
        var server = new DevServer(Process.Start(start)!);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = address };
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until && !server.process.HasExited; await Task.Delay(250, cancellationToken))
        {
            try
            {
                if ((await client.GetAsync("", cancellationToken)).IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
            }
        }

        var ended = server.process.HasExited;
        await server.DisposeAsync();
        throw new TimeoutException($"Vite's server {(ended ? "ended at once" : $"did not answer within {Patience}")}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}
