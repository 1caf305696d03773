using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbedStack.ServiceDefaults.Jobs;

/// <summary>Runs a program that does one piece of work and ends.</summary>
public static class Job
{
    /// <summary>
    /// Runs the work within a host, which brings configuration, telemetry and the signals that stop it. A problem that
    /// the person at the terminal can mend is told in one line on standard error; any other exception passes through.
    /// </summary>
    /// <param name="identity">What the job is called, and what it says once stopped.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="work">The work, given the program's configuration; its token is cancelled by SIGINT and SIGTERM.</param>
    /// <returns>The program's exit code: 0 where the work is done, 1 where it was stopped or failed.</returns>
    public static async Task<int> RunAsync(JobIdentity identity, string[] args, Func<IConfiguration, CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(work);
        var builder = Host.CreateApplicationBuilder(SettingsFiles.ReadOnce(args));
        builder.AddServiceDefaults(identity.Instrumentation);
        builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);

        using var source = new ActivitySource(identity.Instrumentation);
        using var host = builder.Build(); // its disposal sends what telemetry is left
        await host.StartAsync().ConfigureAwait(false);
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            using var activity = source.StartActivity(identity.Name);
            await work(builder.Configuration, stopping).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Fail(identity, identity.Stopped);
        }
        catch (JobException problem)
        {
            return Fail(identity, problem.Message);
        }
        catch (DbException problem)
        {
            // Why a connection failed, of TLS above all, is said by the innermost alone.
            var cause = problem.GetBaseException() is var innermost && innermost != problem ? $": {innermost.Message}" : "";
            return Fail(identity, $"Postgres refused: {problem.Message}{cause}".ReplaceLineEndings(" "));
        }
        finally
        {
            await host.StopAsync().ConfigureAwait(false);
        }
    }

    private static int Fail(JobIdentity identity, string cause)
    {
        Console.Error.WriteLine($"{identity.Name}: {cause}");
        return 1;
    }
}
