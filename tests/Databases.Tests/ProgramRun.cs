using System.Diagnostics;

namespace EmbedStack.Databases.Tests;

public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs a program of the repository as the AppHost does: by itself, told by its environment.</summary>
public static class ProgramRun
{
    public static async Task<ProgramResult> StartAsync(
        string program, string[] arguments, (string Name, string? Value)[] environment)
    {
        using var process = Start(program, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return new ProgramResult(process.ExitCode, await output, await error);
    }

    public static Process Start(string program, string[] arguments, (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
