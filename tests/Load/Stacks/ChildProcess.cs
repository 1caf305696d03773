using System.Diagnostics;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Load.Stacks;

/// <summary>A program that the benchmark starts and ends; what it says is kept for the failure's message.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(60);
    private static readonly string[] Ours = ["PG", "PYTHON", "Logging__", "Load__"];
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <param name="folder">The program's folder.</param>
    /// <param name="environment">Added to this process' own, less what would change what is measured.</param>
    /// <param name="program">The program and its arguments.</param>
    public static ChildProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] program)
    {
        var start = new ProcessStartInfo(program[0], program[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end and answers what it said.</summary>
    /// <exception cref="JobException">It failed.</exception>
    public static async Task<string> RunAsync(
        string folder, IReadOnlyDictionary<string, string> environment, string[] program, CancellationToken cancellation)
    {
        await using var child = Start(folder, environment, program);
        await child._process.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromMinutes(5), cancellation);
        return child._process.ExitCode == 0 ? child.Said : throw child.Failure($"ended with exit code {child._process.ExitCode}");
    }

    /// <summary>Waits until something is true that the program makes true.</summary>
    /// <exception cref="JobException">It ended before, or took too long.</exception>
    public async Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> condition, CancellationToken cancellation)
    {
        var deadline = DateTime.UtcNow + limit;
        while (!await condition())
        {
            if (_process.HasExited || DateTime.UtcNow > deadline)
            {
                throw Failure(_process.HasExited ? $"ended with exit code {_process.ExitCode}" : $"after {limit.TotalSeconds:0} s still not: {what}");
            }

            await Task.Delay(300, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            try
            {
                await _process.WaitForExitAsync().WaitAsync(Goodbye);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private string Said
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    private JobException Failure(string how)
    {
        lock (_lines)
        {
            return new JobException($"{Path.GetFileName(_process.StartInfo.FileName)} {how}: {string.Join(" | ", _lines.TakeLast(3))}");
        }
    }

    private static bool IsOurs(string name) => Ours.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
            if (_lines.Count > 200)
            {
                _lines.RemoveAt(0);
            }
        }
    }
}
