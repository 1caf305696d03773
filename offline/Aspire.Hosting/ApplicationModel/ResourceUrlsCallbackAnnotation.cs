namespace Aspire.Hosting.ApplicationModel;

/// <summary>Changes the addresses that the dashboard shows, once endpoints are known.</summary>
public sealed class ResourceUrlsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Changes addresses.</summary>
    /// <param name="callback">Changes them.</param>
    public ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback)
        : this(context =>
        {
            callback(context);
            return Task.CompletedTask;
        })
        => ArgumentNullException.ThrowIfNull(callback);

    /// <summary>Changes addresses.</summary>
    /// <param name="callback">Changes them.</param>
    public ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Changes addresses.</summary>
    public Func<ResourceUrlsCallbackContext, Task> Callback { get; }
}

/// <summary>A resource's addresses, about to be shown.</summary>
public class ResourceUrlsCallbackContext
{
    /// <summary>Makes the context.</summary>
    /// <param name="executionContext">The operation under way.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="urls">The addresses so far.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public ResourceUrlsCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, List<ResourceUrlAnnotation>? urls = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        ArgumentNullException.ThrowIfNull(resource);
        (ExecutionContext, Resource, Urls, CancellationToken) = (executionContext, resource, urls ?? [], cancellationToken);
    }

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>The addresses.</summary>
    public List<ResourceUrlAnnotation> Urls { get; }

    /// <summary>Ends the start.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The operation under way.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; set; } = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    /// <summary>An endpoint of the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The endpoint, or null where the resource has none.</returns>
    public EndpointReference? GetEndpoint(string name) => (Resource as IResourceWithEndpoints)?.GetEndpoint(name);

    /// <summary>An endpoint of the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="contextNetworkId">The network on which it is meant.</param>
    /// <returns>The endpoint, or null where the resource has none.</returns>
    public EndpointReference? GetEndpoint(string name, NetworkIdentifier contextNetworkId)
        => (Resource as IResourceWithEndpoints)?.GetEndpoint(name, contextNetworkId);
}
