using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Dcp;

/// <summary>Watches DCP's objects and publishes what changes, one change at a time.</summary>
internal sealed class DcpWatcher(DcpClient client, DcpObjects objects, DcpSnapshots snapshots, DcpLogs logs, ResourceLifecycle lifecycle, ILogger<DcpWatcher> logger) : IDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, DcpObject> _latest = [];

    public void Dispose() => _gate.Dispose();

    internal Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        WatchAsync<DcpExecutable>(OnWorkloadAsync, cancellationToken),
        WatchAsync<DcpContainer>(OnWorkloadAsync, cancellationToken),
        WatchAsync<DcpEndpoint>(OnEndpointAsync, cancellationToken));

    /// <summary>A watch that ends is opened again: states would freeze without a word otherwise.</summary>
    private async Task WatchAsync<T>(Func<string, T, CancellationToken, Task> handle, CancellationToken cancellationToken)
        where T : DcpObject, IDcpKind
    {
        var delay = TimeSpan.FromMilliseconds(100);
        while (!cancellationToken.IsCancellationRequested)
        {
            using var refresh = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            refresh.CancelAfter(Refresh);
            try
            {
                await foreach (var (type, value) in client.WatchAsync<T>(refresh.Token).ConfigureAwait(false))
                {
                    delay = TimeSpan.FromMilliseconds(100);
                    await OneAtATimeAsync(() => handle(type, value, cancellationToken), cancellationToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                // The end, or time to open it again.
            }
            catch (Exception ex) when (ex is HttpRequestException or IOException or DcpException)
            {
                logger.LogDebug(ex, "The watch of {Kind} ended; it is opened again.", T.KindName);
            }

            if (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(delay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }
    }

    private async Task OneAtATimeAsync(Func<Task> handle, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await handle().ConfigureAwait(false);
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(ex, "A change in DCP could not be published.");
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task OnWorkloadAsync<T>(string type, T value, CancellationToken cancellationToken)
        where T : DcpObject, IDcpKind
    {
        value.Kind = T.KindName;
        var name = value.Metadata.Name;
        if (objects.Find(name) is not { } workload)
        {
            return;
        }

        if (type == "DELETED")
        {
            _latest.Remove(name);
            logs.OnDeleted(name);
            return;
        }

        _latest[name] = value;
        await PublishAsync(workload, value, cancellationToken).ConfigureAwait(false);
        if (DcpSnapshots.StatusOf(value).State is not null)
        {
            logs.OnAvailable(name, T.Plural, value.Metadata.Uid);
        }
    }

    private async Task OnEndpointAsync(string type, DcpEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (type == "DELETED")
        {
            snapshots.Endpoints.TryRemove(endpoint.Metadata.Name, out _);
        }
        else
        {
            snapshots.Endpoints[endpoint.Metadata.Name] = endpoint;
        }

        foreach (var owner in endpoint.Metadata.OwnerReferences ?? [])
        {
            if (objects.Find(owner.Name) is { } workload && _latest.TryGetValue(owner.Name, out var value))
            {
                await PublishAsync(workload, value, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task PublishAsync(Workload workload, DcpObject value, CancellationToken cancellationToken)
        => lifecycle.ChangedAsync(workload.Resource, workload.Name, DcpSnapshots.StatusOf(value), s => snapshots.Apply(workload.Resource, value, s), cancellationToken);
}
