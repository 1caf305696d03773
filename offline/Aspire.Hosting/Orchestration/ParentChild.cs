namespace Aspire.Hosting.Orchestration;

/// <summary>Which resources live in which.</summary>
internal sealed class ParentChild
{
    private readonly ILookup<IResource, IResource> _children;

    internal ParentChild(DistributedApplicationModel model)
        => _children = model.Resources
            .OfType<IResourceWithParent>()
            .Where(child => child.Parent is not null && !HasOwnLifetime(child))
            .ToLookup(child => child.Parent, child => (IResource)child);

    /// <summary>The children whose life is the parent's. Those only shown under it are not among them.</summary>
    internal IEnumerable<IResource> ChildrenOf(IResource parent) => _children[parent];

    internal IEnumerable<IResource> WithDescendants(IResource resource)
    {
        yield return resource;
        foreach (var descendant in ChildrenOf(resource).SelectMany(WithDescendants))
        {
            yield return descendant;
        }
    }

    internal static IResource? ParentOf(IResource resource)
        => (resource as IResourceWithParent)?.Parent
            ?? resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(r => r.Type == RelationshipTypes.Parent)?.Resource;

    private static bool HasOwnLifetime(IResource resource)
        => resource.IsContainer() || resource is ProjectResource or ExecutableResource or ParameterResource or ConnectionStringResource;
}
