namespace Aspire.Hosting.Orchestration;

/// <summary>Repeats the resources' logs in the AppHost's.</summary>
internal sealed class ResourceLogForwarder(ResourceNotificationService notifications, ResourceLoggerService loggers, IHostEnvironment environment, ILoggerFactory loggerFactory) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = new HashSet<string>();
        try
        {
            await foreach (var state in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                // The dashboard's log holds its login token.
                if (state.Resource.Name != "aspire-dashboard" && known.Add(state.ResourceId))
                {
                    _ = ForwardAsync(state, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The AppHost ends.
        }
    }

    private async Task ForwardAsync(ResourceEvent first, CancellationToken stoppingToken)
    {
        var logger = loggerFactory.CreateLogger($"{environment.ApplicationName}.Resources.{first.Resource.Name}");
        try
        {
            await foreach (var batch in loggers.WatchAsync(first.ResourceId).WithCancellation(stoppingToken).ConfigureAwait(false))
            {
                foreach (var line in batch)
                {
                    var level = line.IsErrorMessage ? LogLevel.Error : LogLevel.Information;
                    logger.Log(level, "{LineNumber}: {LineContent}", line.LineNumber, line.Content);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The AppHost ends.
        }
    }
}
