namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application is about to start.</summary>
public class BeforeStartEvent : IDistributedApplicationEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="model">The application's model.</param>
    public BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model) => (Services, Model) = (services, model);

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The application's model.</summary>
    public DistributedApplicationModel Model { get; }
}

/// <summary>The resources' endpoints have addresses.</summary>
[Obsolete("The AfterEndpointsAllocatedEvent is deprecated and will be removed in a future version. Use the resource specific events BeforeResourceStartedEvent or ResourceEndpointsAllocatedEvent instead depending on your needs.")]
public class AfterEndpointsAllocatedEvent : IDistributedApplicationEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="model">The application's model.</param>
    public AfterEndpointsAllocatedEvent(IServiceProvider services, DistributedApplicationModel model) => (Services, Model) = (services, model);

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The application's model.</summary>
    public DistributedApplicationModel Model { get; }
}

/// <summary>All resources have been created.</summary>
public class AfterResourcesCreatedEvent : IDistributedApplicationEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="model">The application's model.</param>
    public AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model) => (Services, Model) = (services, model);

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The application's model.</summary>
    public DistributedApplicationModel Model { get; }
}
