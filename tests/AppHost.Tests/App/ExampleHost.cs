using System.Diagnostics;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>
/// The package's example page, built with the package as it is published, beside the built app: at its origin, under its policy.
/// </summary>
internal sealed class ExampleHost : IDisposable
{
    private static readonly string Web = Path.GetFullPath("../Web", Projects.AppHost.ProjectPath);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string name = $"example-{Guid.NewGuid():N}";

    private ExampleHost()
    {
    }

    private string Folder => Path.Combine(Web, "dist", name);

    public static async Task<ExampleHost> BuildAsync(CancellationToken cancellationToken)
    {
        var host = new ExampleHost();
        // Its input is its own: it makes the one that it inherits one that never blocks, which the test host takes for broken.
        using var process = Process.Start(new ProcessStartInfo(
            "node", ["node_modules/vite/bin/vite.js", "build", "packages/embedded-dashboard/example", "--outDir", host.Folder, "--base", $"/{host.name}/"])
        {
            WorkingDirectory = Web, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"The example was not built:\n{string.Concat(await said)}");
        return host;
    }

    /// <summary>Where it shows these dashboards to whoever is signed in.</summary>
    public Uri Of(StackFixture stack, params string[] dashboards) => new(stack.App, $"{name}/index.html?dashboards={string.Join(',', dashboards)}");

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
