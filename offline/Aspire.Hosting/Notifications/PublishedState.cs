namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last state of one instance; locked while it changes.</summary>
internal sealed class PublishedState(IResource resource)
{
    internal IResource Resource { get; } = resource;

    internal CustomResourceSnapshot? Snapshot { get; set; }

    internal long Version { get; set; }

    internal static CustomResourceSnapshot First(IResource resource)
        => resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var initial)
            ? initial.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = ResourceTypes.Of(resource), Properties = [], Relationships = RelationshipsOf(resource) };

    internal static ImmutableArray<RelationshipSnapshot> RelationshipsOf(IResource resource)
        => [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type)).Distinct()];
}
