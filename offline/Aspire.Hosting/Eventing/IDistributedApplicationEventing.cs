namespace Aspire.Hosting.Eventing;

/// <summary>Something that happened to the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>Something that happened to a resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    /// <summary>The resource.</summary>
    IResource Resource { get; }

    /// <summary>The application's services.</summary>
    IServiceProvider Services { get; }

    /// <summary>The resource's log.</summary>
    ILogger Logger => Services.GetRequiredService<ResourceLoggerService>().GetLogger(Resource);
}

/// <summary>Publishes and receives events.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Receives events of a type.</summary>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The subscription.</returns>
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    /// <summary>Receives events of a type that concern one resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The subscription.</returns>
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    /// <summary>Publishes an event and waits for its handlers, one after another.</summary>
    /// <param name="event">The event.</param>
    /// <param name="cancellationToken">Handed to the handlers.</param>
    /// <typeparam name="T">The event's type.</typeparam>
    /// <returns>Ends when all handlers have ended.</returns>
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;

    /// <summary>Publishes an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="dispatchBehavior">How handlers are called.</param>
    /// <param name="cancellationToken">Handed to the handlers.</param>
    /// <typeparam name="T">The event's type.</typeparam>
    /// <returns>Ends when the handlers that are waited for have ended.</returns>
    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}

/// <summary>How handlers are called.</summary>
public enum EventDispatchBehavior
{
    /// <summary>One after another, and the publisher waits.</summary>
    BlockingSequential,

    /// <summary>At once, and the publisher waits.</summary>
    BlockingConcurrent,

    /// <summary>One after another, and the publisher goes on.</summary>
    NonBlockingSequential,

    /// <summary>At once, and the publisher goes on.</summary>
    NonBlockingConcurrent,
}
