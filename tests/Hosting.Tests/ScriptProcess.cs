using System.Diagnostics;

namespace EmbedStack.Hosting.Tests;

/// <summary>One of the native scripts, started with a caller's environment that would lead every part astray.</summary>
internal sealed class ScriptProcess : IAsyncDisposable
{
    // Less than Aspire's patience with a process that it stops.
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(6);

    private readonly Process process;
    private readonly List<string> lines = [];

    public ScriptProcess(string script, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "native", script), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["PGHOST"] = "nowhere", ["PGPORT"] = "1", ["PGDATA"] = "/nonsense", ["PGOPTIONS"] = "-c nonsense=1",
                ["PYTHONPATH"] = "/nonsense", ["JAVA_HOME"] = "/nowhere", ["LC_ALL"] = "xx_XX",
            },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += Remember;
        process.ErrorDataReceived += Remember;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public string Log
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        using (Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(s_stopLimit);
        }

        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await StopAsync();
        }

        process.Dispose();
    }

    private void Remember(object sender, DataReceivedEventArgs line)
    {
        lock (lines)
        {
            lines.Add(line.Data ?? "");
        }
    }
}
