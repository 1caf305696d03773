namespace Aspire.Hosting.ApplicationModel;

/// <summary>One process or container of a resource.</summary>
/// <param name="Name">Its name in DCP, which is the dashboard's resource id.</param>
/// <param name="Suffix">The part of the name after the resource's name.</param>
/// <param name="Index">Its number among the resource's replicas.</param>
internal sealed record ResourceInstance(string Name, string Suffix, int Index);

internal sealed class ResourceInstancesAnnotation(ImmutableArray<ResourceInstance> instances) : IResourceAnnotation
{
    internal ImmutableArray<ResourceInstance> Instances { get; } = instances;
}

public static partial class ResourceExtensions
{
    /// <summary>The ids under which the resource's states are published.</summary>
    internal static string[] GetInstanceNames(this IResource resource)
        => resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var annotation)
            ? [.. annotation.Instances.Select(i => i.Name)]
            : [resource.Name];
}
