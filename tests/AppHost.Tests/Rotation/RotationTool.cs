using System.Diagnostics;
using System.Reflection;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Rotation;

/// <summary>The program behind <c>./embedstack rotate</c>, run on the tests' stack.</summary>
internal sealed class RotationTool(StackFixture stack)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static readonly string Program =
        typeof(RotationTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "RotationProgram").Value!;

    /// <summary>Runs it with these arguments; the stack's own status file tells it the rest.</summary>
    /// <param name="arguments">Options and names.</param>
    /// <param name="administrator">The password of Keycloak's administrator, where it is to be another one.</param>
    /// <param name="statusFile">The status file, where it is to be another one.</param>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] arguments, string? administrator = null, string? statusFile = null)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EmbedStack__StatusFile"] = statusFile ?? stack.StatusFile;
        start.Environment["Parameters__keycloak-admin-password"] = administrator ?? await stack.ParameterAsync("keycloak-admin-password");
        start.Environment["Parameters__db-api-password"] = await stack.ParameterAsync("db-api-password");
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

        return (process.ExitCode, await output, await error);
    }

    /// <summary>Rotates what must rotate.</summary>
    public async Task<string> SucceedAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);
        Assert.True(exitCode == 0, $"rotate {string.Join(' ', arguments)} ended with {exitCode}: {error}{output}\n{stack.Describe()}");
        return output;
    }
}
