using System.Text.Json;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Passes the dashboard's warnings and errors on to the AppHost's log. Nothing below: its own login URL, token and all,
/// is among it.
/// </summary>
internal sealed partial class DashboardLog(
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggerFactory) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // While the AppHost stops, the dashboard complains of what it loses.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            var running = await notifications.WaitForResourceAsync(
                DashboardNames.Resource, change => change.Snapshot.State?.Text == KnownResourceStates.Running, ending.Token);
            await foreach (var batch in logs.WatchAsync(running.ResourceId).WithCancellation(ending.Token))
            {
                foreach (var line in batch)
                {
                    Forward(line.Content);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Forward(string line)
    {
        // A timestamp stands before the dashboard's own line.
        var start = line.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
        {
            return;
        }

        try
        {
            using var entry = JsonDocument.Parse(line.AsMemory(start));
            var root = entry.RootElement;
            if (Enum.TryParse<LogLevel>(root.GetProperty("LogLevel").GetString(), out var level) && level >= LogLevel.Warning)
            {
                var category = root.GetProperty("Category").GetString()!.Replace("Aspire.Dashboard.", "", StringComparison.Ordinal);
                var logger = loggerFactory.CreateLogger($"Aspire.Hosting.Dashboard.{category}");
                var message = root.GetProperty("Message").GetString();
                LogForwarded(logger, level, message);
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
        }
    }

    [LoggerMessage(Message = "{Message}")]
    private static partial void LogForwarded(ILogger logger, LogLevel level, string? message);
}
