namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads resources.</summary>
public static partial class ResourceExtensions
{
    /// <summary>The last annotation of a type.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="annotation">The annotation.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    /// <summary>The annotations of a type.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="result">The annotations.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        var found = resource.Annotations.OfType<T>().ToArray();
        result = found.Length == 0 ? null : found;
        return result is not null;
    }

    /// <summary>Whether there is an annotation of a type.</summary>
    /// <param name="resource">The resource.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>Whether there is one.</returns>
    public static bool HasAnnotationOfType<T>(this IResource resource)
        where T : IResourceAnnotation => resource.Annotations.OfType<T>().Any();

    /// <summary>The annotations of a type, those of the resource's parents included.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="result">The annotations.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetAnnotationsIncludingAncestorsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        var found = resource.WithAncestors().SelectMany(r => r.Annotations.OfType<T>()).ToArray();
        result = found.Length == 0 ? null : found;
        return result is not null;
    }

    /// <summary>Whether there is an annotation of a type on the resource or a parent.</summary>
    /// <param name="resource">The resource.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>Whether there is one.</returns>
    public static bool HasAnnotationIncludingAncestorsOfType<T>(this IResource resource)
        where T : IResourceAnnotation => resource.WithAncestors().Any(r => r.HasAnnotationOfType<T>());

    /// <summary>The addresses that the dashboard shows.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="urls">The addresses.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetUrls(this IResource resource, [NotNullWhen(true)] out IEnumerable<ResourceUrlAnnotation>? urls)
        => resource.TryGetAnnotationsOfType(out urls);

    /// <summary>What sets the resource's environment.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="environmentVariables">The callbacks.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetEnvironmentVariables(this IResource resource, [NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables)
        => resource.TryGetAnnotationsOfType(out environmentVariables);

    /// <summary>The places on which the resource listens.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpoints">The endpoints.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints)
        => resource.TryGetAnnotationsOfType(out endpoints);

    /// <summary>References to all endpoints.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The references.</returns>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource)
        => resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e)).ToArray();

    /// <summary>References to all endpoints.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="contextNetworkId">The network on which they are meant.</param>
    /// <returns>The references.</returns>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource, NetworkIdentifier contextNetworkId)
        => resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e, contextNetworkId)).ToArray();

    /// <summary>A reference to an endpoint.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => new(resource, endpointName);

    /// <summary>A reference to an endpoint.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="contextNetworkId">The network on which it is meant.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName, NetworkIdentifier contextNetworkId)
        => new(resource, endpointName, contextNetworkId);

    /// <summary>How many processes of the resource run.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The number.</returns>
    public static int GetReplicaCount(this IResource resource)
        => resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    internal static IEnumerable<IResource> WithAncestors(this IResource resource)
    {
        for (IResource? current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
        {
            yield return current;
        }
    }

    internal static NetworkIdentifier GetDefaultNetwork(this IResource resource)
        => resource.IsContainer() ? KnownNetworkIdentifiers.DefaultAspireContainerNetwork : KnownNetworkIdentifiers.LocalhostNetwork;

    internal static bool SupportsProxy(this IResource resource)
        => !resource.TryGetLastAnnotation<ProxySupportAnnotation>(out var support) || support.ProxyEnabled;
}
