using Aspire.Hosting.Dashboard.Messages;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard calls of <c>aspire.v1.DashboardService</c>.</summary>
internal sealed partial class DashboardService(
    ResourceFeed feed,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    ResourceServiceKey key,
    IHostApplicationLifetime lifetime,
    IHostEnvironment environment,
    IConfiguration configuration,
    ILogger<DashboardService> logger)
{
    public async Task HandleAsync(GrpcCall call)
    {
        if (!key.Accepts(call.Header(ResourceServiceKey.HeaderName)))
        {
            call.Finish(GrpcStatus.Unauthenticated, "The API key is missing or wrong.");
            return;
        }

        // A stream would keep the server from stopping.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, lifetime.ApplicationStopping);
        try
        {
            await DispatchAsync(call, ending.Token);
            call.Finish(GrpcStatus.Ok);
        }
        catch (GrpcException exception)
        {
            call.Finish(exception.Status, exception.Message);
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            // Told that all is well, the dashboard would call again at once.
            call.Finish(GrpcStatus.Unavailable, "The AppHost is stopping.");
        }
        catch (Exception exception)
        {
            LogFailed(exception, call.Method);
            call.Finish(GrpcStatus.Internal, exception.Message);
        }
    }

    private Task DispatchAsync(GrpcCall call, CancellationToken cancellationToken) => call.Method switch
    {
        "GetApplicationInformation" => GetApplicationInformationAsync(call, cancellationToken),
        "WatchResources" => WatchResourcesAsync(call, cancellationToken),
        "WatchResourceConsoleLogs" => WatchConsoleLogsAsync(call, cancellationToken),
        "WatchInteractions" => WatchInteractionsAsync(call, cancellationToken),
        "ExecuteResourceCommand" => ExecuteCommandAsync(call, cancellationToken),
        _ => throw new GrpcException(GrpcStatus.Unimplemented, $"{call.Method} is not offered by this AppHost."),
    };

    private async Task GetApplicationInformationAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var name = configuration["AppHost:DashboardApplicationName"] ?? environment.ApplicationName;
        await call.OpenAsync(cancellationToken);
        await call.WriteAsync(new ApplicationInformationResponse { ApplicationName = WithoutSuffix(name) }, cancellationToken);
    }

    private async Task WatchResourcesAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        await call.OpenAsync(cancellationToken);
        var (now, changes) = feed.Subscribe();
        var initial = new InitialResourceData();
        initial.Resources.Add(now.Select(ResourceMessages.From));
        await call.WriteAsync(new WatchResourcesUpdate { InitialData = initial }, cancellationToken);

        await foreach (var batch in changes.WithCancellation(cancellationToken))
        {
            var update = new WatchResourcesChanges();
            update.Value.Add(batch.Select(change => new WatchResourcesChange { Upsert = ResourceMessages.From(change) }));
            await call.WriteAsync(new WatchResourcesUpdate { Changes = update }, cancellationToken);
        }
    }

    private async Task WatchConsoleLogsAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync(WatchResourceConsoleLogsRequest.Parser, cancellationToken);
        await call.OpenAsync(cancellationToken);
        var lines = request.SuppressFollow ? logs.GetAllAsync(request.ResourceName) : logs.WatchAsync(request.ResourceName);
        await foreach (var update in ConsoleLogMessages.From(lines, cancellationToken))
        {
            await call.WriteAsync(update, cancellationToken);
        }
    }

    // There are no interactions. Refused as unimplemented, the dashboard would log errors and show the connection as lost
    // until it has tried again.
    private static async Task WatchInteractionsAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        await call.OpenAsync(cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private async Task ExecuteCommandAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync(ResourceCommandRequest.Parser, cancellationToken);
        await call.OpenAsync(cancellationToken);
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, cancellationToken);
        await call.WriteAsync(CommandMessages.From(result), cancellationToken);
    }

    private static string WithoutSuffix(string name)
    {
        const string suffix = "AppHost";
        return name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
            ? name[..^suffix.Length].TrimEnd('.')
            : name;
    }

    [LoggerMessage(LogLevel.Error, "The dashboard's call {Method} failed.")]
    private partial void LogFailed(Exception exception, string method);
}
