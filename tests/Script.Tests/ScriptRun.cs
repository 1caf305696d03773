using System.Diagnostics;
using System.Reflection;

namespace EmbedStack.Script.Tests;

/// <summary>What a run of the script answered.</summary>
internal sealed record ScriptRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly string Root = typeof(ScriptRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Runs <c>./embedstack</c> with <paramref name="arguments"/>.</summary>
    public static Task<ScriptRun> CommandAsync(string arguments) => RunAsync($"exec ./embedstack {arguments}");

    /// <summary>Runs one of the script's functions, in a state folder of its own.</summary>
    public static async Task<ScriptRun> FunctionAsync(string code)
    {
        var state = Directory.CreateTempSubdirectory("embedstack-script-");
        try
        {
            return await RunAsync(
                $"set -euo pipefail; root=$PWD; state={state.FullName}; for part in output sources setup build stack tenants dashboard tests; do . scripts/$part.sh; done; aspire_mode=offline; {code}");
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }

    private static async Task<ScriptRun> RunAsync(string code)
    {
        var start = new ProcessStartInfo("/bin/bash") { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(code);
        using var process = Process.Start(start)!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Timeout);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ScriptRun(process.ExitCode, await output, await error);
    }
}
