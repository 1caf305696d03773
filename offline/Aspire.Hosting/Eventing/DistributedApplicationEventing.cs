namespace Aspire.Hosting.Eventing;

/// <summary>Publishes and receives events.</summary>
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock _gate = new();
    private ImmutableList<(Type Type, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent
        => Add<T>(new DistributedApplicationEventSubscription((@event, cancellationToken) => callback((T)@event, cancellationToken)));

    /// <inheritdoc />
    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Add<T>(new DistributedApplicationResourceEventSubscription(
            resource,
            (@event, cancellationToken) => @event.Resource == resource ? callback((T)@event, cancellationToken) : Task.CompletedTask));
    }

    /// <inheritdoc />
    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = _subscriptions.RemoveAll(s => s.Subscription == subscription);
        }
    }

    /// <inheritdoc />
    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
        => PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    /// <inheritdoc />
    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        var handlers = _subscriptions.Where(s => s.Type == typeof(T)).Select(s => s.Subscription).ToArray();
        Task One(DistributedApplicationEventSubscription handler) => handler.Callback(@event, cancellationToken);

        async Task Sequential()
        {
            foreach (var handler in handlers)
            {
                await One(handler).ConfigureAwait(false);
            }
        }

        Task Concurrent() => Task.WhenAll(handlers.Select(h => Task.Run(() => One(h), cancellationToken)));

        switch (dispatchBehavior)
        {
            case EventDispatchBehavior.BlockingSequential:
                return Sequential();
            case EventDispatchBehavior.BlockingConcurrent:
                return Concurrent();
            case EventDispatchBehavior.NonBlockingSequential:
                _ = Task.Run(Sequential, cancellationToken);
                return Task.CompletedTask;
            case EventDispatchBehavior.NonBlockingConcurrent:
                _ = Concurrent();
                return Task.CompletedTask;
            default:
                throw new ArgumentOutOfRangeException(nameof(dispatchBehavior), dispatchBehavior, "Unexpected dispatch behavior.");
        }
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = _subscriptions.Add((typeof(T), subscription));
        }

        return subscription;
    }
}
