namespace Aspire.Hosting.Eventing;

/// <summary>A handler of events.</summary>
public class DistributedApplicationEventSubscription
{
    /// <summary>Makes a subscription.</summary>
    /// <param name="callback">The handler.</param>
    public DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>The handler.</summary>
    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; }
}

/// <summary>A handler of events that concern one resource.</summary>
public class DistributedApplicationResourceEventSubscription : DistributedApplicationEventSubscription
{
    /// <summary>Makes a subscription.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="callback">The handler.</param>
    public DistributedApplicationResourceEventSubscription(IResource? resource, Func<IDistributedApplicationResourceEvent, CancellationToken, Task> callback)
        : base((@event, cancellationToken) => callback((IDistributedApplicationResourceEvent)@event, cancellationToken))
        => Resource = resource;

    /// <summary>The resource.</summary>
    public IResource? Resource { get; }
}
