namespace Aspire.Hosting;

/// <summary>Reads containers.</summary>
public static class ContainerResourceExtensions
{
    /// <summary>The resources that run as containers.</summary>
    /// <param name="model">The application.</param>
    /// <returns>The resources.</returns>
    public static IEnumerable<IResource> GetContainerResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.Where(r => r.IsContainer());
    }

    /// <summary>Whether the resource runs as a container.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsContainer(this IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.HasAnnotationOfType<ContainerImageAnnotation>() || resource.HasAnnotationOfType<DockerfileBuildAnnotation>();
    }
}
