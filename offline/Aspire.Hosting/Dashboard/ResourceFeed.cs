using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.Dashboard;

/// <summary>Keeps the newest snapshot of each resource and passes changes on to every dashboard that watches.</summary>
internal sealed partial class ResourceFeed(ResourceNotificationService notifications, ILogger<ResourceFeed> logger) : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _newest = new(StringComparer.Ordinal);
    private readonly List<Channel<ResourceEvent>> _subscribers = [];

    /// <summary>What there is now, and a stream of batches of what changes from here on, without a gap between.</summary>
    public (IReadOnlyList<ResourceEvent> Now, IAsyncEnumerable<IReadOnlyList<ResourceEvent>> Changes) Subscribe()
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            _subscribers.Add(channel);
            return ([.. _newest.Values], ReadAsync(channel));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                lock (_lock)
                {
                    _newest[change.ResourceId] = change;
                    _subscribers.ForEach(channel => channel.Writer.TryWrite(change));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            LogEnded(exception);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<ResourceEvent>> ReadAsync(
        Channel<ResourceEvent> channel, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<ResourceEvent>();
                while (channel.Reader.TryRead(out var change))
                {
                    batch.Add(change);
                }

                yield return batch;
            }
        }
        finally
        {
            lock (_lock)
            {
                _subscribers.Remove(channel);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The dashboard gets no more news of resources.")]
    private partial void LogEnded(Exception exception);
}
