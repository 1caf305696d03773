namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource when another, and what that lives in, runs and is healthy.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => AddWait(builder, dependency.Resource, WaitType.WaitUntilHealthy, null, isDirect: true);

    /// <summary>Starts the resource when another, and what that lives in, runs and is healthy.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other.</param>
    /// <param name="waitBehavior">What to do when the other fails.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => AddWait(builder, dependency.Resource, WaitType.WaitUntilHealthy, waitBehavior, isDirect: true);

    /// <summary>Starts the resource when another runs.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => AddWait(builder, dependency.Resource, WaitType.WaitUntilStarted, null, isDirect: true);

    /// <summary>Starts the resource when another runs.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other.</param>
    /// <param name="waitBehavior">What to do when the other fails.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => AddWait(builder, dependency.Resource, WaitType.WaitUntilStarted, waitBehavior, isDirect: true);

    /// <summary>Starts the resource when another has ended.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other.</param>
    /// <param name="exitCode">The exit code it must end with.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        RequireOther(builder.Resource, dependency.Resource);
        builder.WithRelationship(dependency.Resource, RelationshipTypes.WaitFor);
        return builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));
    }

    /// <summary>Leaves the resource unstarted until somebody starts it.</summary>
    /// <param name="builder">The resource.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithAnnotation(new ExplicitStartupAnnotation());

    private static IResourceBuilder<T> AddWait<T>(IResourceBuilder<T> builder, IResource dependency, WaitType type, WaitBehavior? behavior, bool isDirect)
        where T : IResourceWithWaitSupport
    {
        RequireOther(builder.Resource, dependency);
        if (dependency is IResourceWithParent child)
        {
            AddWait(builder, child.Parent, type, behavior, isDirect: false);
        }

        if (dependency is ConnectionStringResource connection && type == WaitType.WaitUntilStarted)
        {
            foreach (var part in connection.ConnectionStringExpression.ValueProviders.OfType<IResource>())
            {
                AddWait(builder, part, type, behavior, isDirect: false);
            }
        }

        if (isDirect)
        {
            builder.WithRelationship(dependency, RelationshipTypes.WaitFor);
        }

        return builder.WithAnnotation(new WaitAnnotation(dependency, type) { WaitBehavior = behavior });
    }

    private static void RequireOther(IResource resource, IResource dependency)
    {
        if (resource == dependency)
        {
            throw new DistributedApplicationException($"The '{resource.Name}' resource cannot wait for itself.");
        }

        if (resource is IResourceWithParent child && child.Parent == dependency)
        {
            throw new DistributedApplicationException($"The '{resource.Name}' resource cannot wait for its parent '{dependency.Name}'.");
        }
    }
}
