using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Status;

/// <summary>Keeps the status file at what the notifications say, for the script that started the stack.</summary>
internal sealed partial class StatusReporter(
    StatusFile file,
    StatusAddresses addresses,
    StatusUsers users,
    StatusServices services,
    StatusSecrets secrets,
    FailureCause failureCause,
    StackStatus status,
    ResourceNotificationService notifications,
    ILogger logger)
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private static TimeSpan SinceStart => DateTime.Now - Process.GetCurrentProcess().StartTime;

    /// <summary>Reports until the application stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await Task.WhenAll(WatchAsync(stopping), ReportAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await WriteAsync("stopping", CancellationToken.None);
        }
    }

    private async Task ReportAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await WriteAsync(null, stopping);
            }
            catch (IOException problem)
            {
                LogNotWritten(problem.Message);
            }

            await _changes.Reader.ReadAsync(stopping);
        }
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        await foreach (var report in notifications.WatchAsync(stopping))
        {
            bool changed;
            lock (status)
            {
                changed = status.Update(report, SinceStart);
            }

            if (changed)
            {
                _changes.Writer.TryWrite(true);
            }
        }
    }

    private async Task WriteAsync(string? state, CancellationToken cancellationToken)
    {
        ResourceStatus[] resources;
        ResourceStatus[] failures;
        lock (status)
        {
            state ??= status.State;
            resources = [.. status.Resources];
            failures = state == "failed" ? [.. status.RootFailures] : [];
        }

        List<string[]> lines =
        [
            ["state", state],
            ["pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
            .. resources.Select(Line),
            .. await addresses.LinesAsync(cancellationToken),
            .. await users.LinesAsync(cancellationToken),
            .. await services.LinesAsync(cancellationToken),
            .. secrets.Lines,
        ];
        foreach (var failure in failures)
        {
            lines.Add(["error", failure.Resource.Name, await failureCause.FindAsync(failure, cancellationToken)]);
        }

        await file.WriteAsync(lines, cancellationToken);
    }

    private static string[] Line(ResourceStatus resource) =>
    [
        "resource",
        resource.Resource.Name,
        resource.State,
        resource.RunsToCompletion ? "-" : resource.Health?.ToString() ?? "-",
        resource.Since.TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
    ];

    [LoggerMessage(LogLevel.Warning, "The status file could not be written: {Cause}")]
    private partial void LogNotWritten(string cause);
}
