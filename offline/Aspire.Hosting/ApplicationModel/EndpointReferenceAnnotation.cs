using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which endpoints of another resource this one refers to.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Resource = {Resource.Name}")]
public sealed class EndpointReferenceAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="resource">The other resource.</param>
    public EndpointReferenceAnnotation(IResourceWithEndpoints resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resource = resource;
    }

    /// <summary>The other resource.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>Whether all its endpoints are meant.</summary>
    public bool UseAllEndpoints { get; set; }

    /// <summary>The endpoints that are meant by name.</summary>
    public ISet<string> EndpointNames { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The network on which they are used.</summary>
    public NetworkIdentifier ContextNetworkId { get; set; } = KnownNetworkIdentifiers.LocalhostNetwork;
}
