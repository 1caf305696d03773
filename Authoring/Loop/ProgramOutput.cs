using System.ComponentModel;
using System.Diagnostics;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Loop;

/// <summary>What a program of this machine wrote, what it complained of last, and its exit code.</summary>
internal sealed record ProgramOutput(int ExitCode, string Text, string Complaint)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <exception cref="JobException">It is not there, or did not end.</exception>
    public static async Task<ProgramOutput> OfAsync(string program, IEnumerable<string> arguments, Dictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment.Add(name, value);
            }
        }

        try
        {
            using var process = Process.Start(start)!;
            using var limit = new CancellationTokenSource(Limit);
            try
            {
                var error = process.StandardError.ReadToEndAsync(limit.Token);
                var text = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return new ProgramOutput(process.ExitCode, text, (await error).TrimEnd().Split('\n')[^1]);
            }
            catch (OperationCanceledException e)
            {
                process.Kill(entireProcessTree: true);
                throw new JobException($"{Path.GetFileName(program)} did not end within {Limit.TotalMinutes} minutes", e);
            }
        }
        catch (Win32Exception e)
        {
            throw new JobException($"{program} could not be started: {e.Message}", e);
        }
    }
}
