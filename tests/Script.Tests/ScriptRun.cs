using System.Diagnostics;
using System.Reflection;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Script.Tests;

/// <summary>Runs the script.</summary>
internal static class ScriptRun
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly string Root = typeof(ScriptRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Runs <c>./embedstack</c> with <paramref name="arguments"/>.</summary>
    public static Task<ProcessRun> CommandAsync(string arguments) => RunAsync($"exec ./embedstack {arguments}");

    /// <summary>Runs one of the script's functions, in a state folder of its own.</summary>
    public static async Task<ProcessRun> FunctionAsync(string code)
    {
        var state = Directory.CreateTempSubdirectory("embedstack-script-");
        try
        {
            return await RunAsync(
                $"set -euo pipefail; root=$PWD; state={state.FullName}; for part in output sources setup images build stack tenants dashboard lanes tests; do . scripts/$part.sh; done; aspire_mode=offline; {code}");
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }

    private static Task<ProcessRun> RunAsync(string code)
    {
        var start = new ProcessStartInfo("/bin/bash") { WorkingDirectory = Root };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(code);
        return ProcessRun.OfAsync(start, Timeout);
    }
}
