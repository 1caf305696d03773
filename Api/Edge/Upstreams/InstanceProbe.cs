namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>
/// Asks each instance of Superset every second whether it is there: one that is started again is used within seconds. One that
/// is silent may have much to do: only after two questions in vain, while it answered nobody else either, is it given up with all
/// that waits for it, and only where another is there.
/// </summary>
internal sealed class InstanceProbe(SupersetInstances instances, IHttpClientFactory clients) : BackgroundService
{
    public const string Client = "superset-probe";
    private const int Silences = 2;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        instances.All.Count > 1 ? Task.WhenAll(instances.All.Select(one => WatchAsync(one, stoppingToken))) : Task.CompletedTask;

    private async Task WatchAsync(SupersetInstance instance, CancellationToken stop)
    {
        var (silences, answers) = (0, 0);
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stop))
        {
            silences = await IsSilentAsync(instance, stop) && instance.Answers == answers ? silences + 1 : 0;
            answers = instance.Answers;
            if (silences >= Silences && instances.All.Any(other => other != instance && !other.IsAway))
            {
                instances.Leave(instance, "It does not answer.");
                instance.GiveUp();
            }
        }
    }

    private async Task<bool> IsSilentAsync(SupersetInstance instance, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await clients.CreateClient(Client).GetAsync(new Uri(instance.Address, "health"), patience.Token);
            answer.EnsureSuccessStatusCode();
            instances.Return(instance);
        }
        catch (HttpRequestException away)
        {
            instances.Leave(instance, away.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return true;
        }

        return false;
    }
}
