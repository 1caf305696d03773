namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>
/// Asks each instance of Superset every second whether it is there: one that is started again is used within seconds, and one
/// that hangs is asked nothing new.
/// </summary>
internal sealed partial class InstanceProbe(SupersetInstances instances, IHttpClientFactory clients, TimeProvider time, ILogger<InstanceProbe> logger) : BackgroundService
{
    public const string Client = "superset-probe";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        instances.All.Count > 1 ? Task.WhenAll(instances.All.Select(one => WatchAsync(one, stoppingToken))) : Task.CompletedTask;

    private async Task WatchAsync(SupersetInstance instance, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await AskAsync(instance, stop);
            }
            catch (Exception unexpected) when (!stop.IsCancellationRequested)
            {
                LogUnexpected(instance.Address, unexpected.Message);
            }
        }
    }

    private async Task AskAsync(SupersetInstance instance, CancellationToken stop)
    {
        var since = time.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            using var answer = await clients.CreateClient(Client).GetAsync(new Uri(instance.Address, "health"), either.Token);
            answer.EnsureSuccessStatusCode();
            instances.Return(instance);
        }
        catch (HttpRequestException away)
        {
            instances.Leave(instance, away.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            if (instances.IsLost(instance, since))
            {
                await instance.GiveUpAsync();
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Superset at {Address} could not be asked: {Cause}")]
    private partial void LogUnexpected(Uri address, string cause);
}
