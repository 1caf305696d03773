namespace Aspire.Hosting;

/// <summary>Configures resources without a process.</summary>
public static class CustomResourceExtensions
{
    /// <summary>Sets the first state of the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="initialSnapshot">The state.</param>
    /// <typeparam name="TResource">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TResource> WithInitialState<TResource>(this IResourceBuilder<TResource> builder, CustomResourceSnapshot initialSnapshot)
        where TResource : IResource => builder.WithAnnotation(new ResourceSnapshotAnnotation(initialSnapshot), ResourceAnnotationMutationBehavior.Replace);
}
