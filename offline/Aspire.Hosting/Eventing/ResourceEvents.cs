namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource is about to start; handlers hold the start up.</summary>
public class BeforeResourceStartedEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">The application's services.</param>
    public BeforeResourceStartedEvent(IResource resource, IServiceProvider services) => (Resource, Services) = (resource, services);

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <inheritdoc />
    public IServiceProvider Services { get; }

    /// <summary>The one instance that starts, where it is one.</summary>
    internal string? InstanceName { get; init; }
}

/// <summary>A resource's connection string can be resolved.</summary>
public class ConnectionStringAvailableEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">The application's services.</param>
    public ConnectionStringAvailableEvent(IResource resource, IServiceProvider services) => (Resource, Services) = (resource, services);

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <inheritdoc />
    public IServiceProvider Services { get; }
}

/// <summary>A resource's endpoints have addresses.</summary>
public class ResourceEndpointsAllocatedEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">The application's services.</param>
    public ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services) => (Resource, Services) = (resource, services);

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <inheritdoc />
    public IServiceProvider Services { get; }
}

/// <summary>A resource is healthy for the first time since it started; waiting resources wait for the handlers, too.</summary>
public class ResourceReadyEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">The application's services.</param>
    public ResourceReadyEvent(IResource resource, IServiceProvider services) => (Resource, Services) = (resource, services);

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <inheritdoc />
    public IServiceProvider Services { get; }
}

/// <summary>A resource has ended.</summary>
public class ResourceStoppedEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">The application's services.</param>
    /// <param name="resourceEvent">Its last state.</param>
    public ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent)
        => (Resource, Services, ResourceEvent) = (resource, services, resourceEvent);

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <inheritdoc />
    public IServiceProvider Services { get; }

    /// <summary>Its last state.</summary>
    public ResourceEvent ResourceEvent { get; }
}

/// <summary>A resource enters the running application; resources without a process start their lives here.</summary>
public class InitializeResourceEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="distributedApplicationEventing">Publishes further events.</param>
    /// <param name="resourceLoggerService">The resources' logs.</param>
    /// <param name="resourceNotificationService">The resources' states.</param>
    /// <param name="services">The application's services.</param>
    public InitializeResourceEvent(IResource resource, IDistributedApplicationEventing distributedApplicationEventing, ResourceLoggerService resourceLoggerService, ResourceNotificationService resourceNotificationService, IServiceProvider services)
    {
        (Resource, Eventing, Notifications, Services) = (resource, distributedApplicationEventing, resourceNotificationService, services);
        Logger = resourceLoggerService.GetLogger(resource);
    }

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <summary>Publishes further events.</summary>
    public IDistributedApplicationEventing Eventing { get; }

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; }

    /// <summary>The resources' states.</summary>
    public ResourceNotificationService Notifications { get; }

    /// <inheritdoc />
    public IServiceProvider Services { get; }
}

/// <summary>A resource's state, as published.</summary>
public class ResourceEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">The instance's id.</param>
    /// <param name="snapshot">The state.</param>
    public ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
        => (Resource, ResourceId, Snapshot) = (resource, resourceId, snapshot);

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>The instance's id.</summary>
    public string ResourceId { get; }

    /// <summary>The state.</summary>
    public CustomResourceSnapshot Snapshot { get; }
}
