namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project.</summary>
[System.Diagnostics.DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IComputeResource, IContainerFilesDestinationResource
{
    /// <summary>Makes a project resource.</summary>
    /// <param name="name">The resource's name.</param>
    public ProjectResource(string name)
        : base(name)
    {
    }
}

/// <summary>Reads project resources.</summary>
public static class ProjectResourceExtensions
{
    /// <summary>The project resources of an application.</summary>
    /// <param name="model">The application.</param>
    /// <returns>The resources.</returns>
    public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.OfType<ProjectResource>();
    }

    /// <summary>Where the project lies.</summary>
    /// <param name="projectResource">The resource.</param>
    /// <returns>The project's metadata.</returns>
    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource)
    {
        ArgumentNullException.ThrowIfNull(projectResource);
        return projectResource.Annotations.OfType<IProjectMetadata>().Single();
    }
}
