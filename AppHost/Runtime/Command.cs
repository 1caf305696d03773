using System.ComponentModel;
using System.Diagnostics;

namespace EmbedStack.AppHost.Runtime;

/// <summary>What a command printed.</summary>
/// <param name="Succeeded">Whether it ended in time with exit code 0.</param>
/// <param name="Text">Its standard output, trimmed.</param>
internal readonly record struct CommandOutput(bool Succeeded, string Text);

/// <summary>Runs short commands.</summary>
internal static class Command
{
    /// <summary>Runs a program for at most <paramref name="limit"/>; one that is missing or too slow has not succeeded.</summary>
    public static CommandOutput Run(string program, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();

            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return default;
            }

            return output.Wait(limit) ? new(process.ExitCode == 0, output.Result.Trim()) : default;
        }
        catch (Win32Exception)
        {
            return default;
        }
    }
}
