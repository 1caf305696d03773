using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources' states: publishes, watches and waits for them.</summary>
public partial class ResourceNotificationService : IDisposable
{
    private readonly ConcurrentDictionary<string, PublishedState> _states = new();
    private readonly Lock _watchersGate = new();
    private readonly CancellationTokenSource _disposing = new();
    private readonly ILogger<ResourceNotificationService> _logger;
    private readonly IServiceProvider _services;
    private readonly ResourceLoggerService _loggers;
    private ImmutableList<Channel<ResourceEvent>> _watchers = [];

    /// <summary>Makes the service.</summary>
    /// <param name="logger">The service's log.</param>
    /// <param name="hostApplicationLifetime">The AppHost's life.</param>
    /// <param name="serviceProvider">The application's services.</param>
    /// <param name="resourceLoggerService">The resources' logs.</param>
    public ResourceNotificationService(ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime, IServiceProvider serviceProvider, ResourceLoggerService resourceLoggerService)
    {
        (_logger, _services, _loggers) = (logger, serviceProvider, resourceLoggerService);
        DefaultWaitBehavior = serviceProvider.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior ?? WaitBehavior.StopOnResourceUnavailable;
        hostApplicationLifetime.ApplicationStopping.Register(_disposing.Cancel);
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    /// <summary>Changes the state of all the resource's instances.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="stateFactory">Makes the new state of the last.</param>
    /// <returns>Ends when it is published.</returns>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var name in resource.GetInstanceNames())
        {
            await PublishUpdateAsync(resource, name, stateFactory).ConfigureAwait(false);
        }
    }

    /// <summary>Changes the state of one instance.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">The instance's id.</param>
    /// <param name="stateFactory">Makes the new state of the last.</param>
    /// <returns>Ends when it is published.</returns>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        var published = _states.GetOrAdd(resourceId, _ => new PublishedState(resource));
        if (published.Resource != resource)
        {
            throw new InvalidOperationException($"Resource instance doesn't match resource previously registered with specified resource id '{resourceId}'.");
        }

        lock (published)
        {
            var last = published.Snapshot ?? PublishedState.First(resource);
            var next = SnapshotCompletion.Complete(resource, stateFactory(last), _services);
            if (published.Snapshot is { } known && SnapshotComparison.Same(known, next))
            {
                return Task.CompletedTask;
            }

            next = next with { Version = ++published.Version };
            published.Snapshot = next;
            LogState(resource, resourceId, last.State?.Text, next.State?.Text);
            var change = new ResourceEvent(resource, resourceId, next);
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(change);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The state of an instance, or of a resource that has one.</summary>
    /// <param name="resourceId">The instance's id or the resource's name.</param>
    /// <param name="resourceEvent">The state.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        if (!_states.TryGetValue(resourceId, out var published) || published.Snapshot is null)
        {
            var named = _states.Where(s => string.Equals(s.Value.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
            (resourceId, published) = named.Length == 1 ? (named[0].Key, named[0].Value) : (resourceId, null);
        }

        resourceEvent = published?.Snapshot is { } snapshot ? new ResourceEvent(published.Resource, resourceId, snapshot) : null;
        return resourceEvent is not null;
    }

    /// <summary>All states as they are, then each change.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The states.</returns>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_watchersGate)
        {
            _watchers = _watchers.Add(channel);
        }

        try
        {
            var seen = new Dictionary<string, long>();
            foreach (var (id, published) in _states)
            {
                if (published.Snapshot is { } snapshot)
                {
                    seen[id] = snapshot.Version;
                    yield return new ResourceEvent(published.Resource, id, snapshot);
                }
            }

            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!seen.TryGetValue(change.ResourceId, out var version) || change.Snapshot.Version > version)
                {
                    yield return change;
                }
            }
        }
        finally
        {
            lock (_watchersGate)
            {
                _watchers = _watchers.Remove(channel);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    private void LogState(IResource resource, string resourceId, string? last, string? next)
    {
        if (!string.IsNullOrEmpty(next) && last != next && _logger.IsEnabled(LogLevel.Debug))
        {
            _logger.LogDebug("Resource {Resource}/{ResourceId} changed state: {Last} -> {Next}", resource.Name, resourceId, last, next);
        }
    }
}

/// <summary>How the application's states are awaited.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What a waiting resource does when the other fails, where nothing else was said.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
