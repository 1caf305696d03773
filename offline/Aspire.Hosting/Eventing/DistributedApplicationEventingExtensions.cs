namespace Aspire.Hosting;

/// <summary>Handles events.</summary>
public static class DistributedApplicationEventingExtensions
{
    /// <summary>Before the application starts.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The application's type.</typeparam>
    /// <returns>The application.</returns>
    public static T OnBeforeStart<T>(this T builder, Func<BeforeStartEvent, CancellationToken, Task> callback)
        where T : IDistributedApplicationBuilder
    {
        builder.Eventing.Subscribe(callback);
        return builder;
    }

    /// <summary>Before the resource starts; the start waits for the handler.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> OnBeforeResourceStarted<T>(this IResourceBuilder<T> builder, Func<T, BeforeResourceStartedEvent, CancellationToken, Task> callback)
        where T : IResource => builder.On(callback);

    /// <summary>When the resource's connection string can be resolved.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> OnConnectionStringAvailable<T>(this IResourceBuilder<T> builder, Func<T, ConnectionStringAvailableEvent, CancellationToken, Task> callback)
        where T : IResourceWithConnectionString => builder.On(callback);

    /// <summary>When the resource enters the running application.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> OnInitializeResource<T>(this IResourceBuilder<T> builder, Func<T, InitializeResourceEvent, CancellationToken, Task> callback)
        where T : IResource => builder.On(callback);

    /// <summary>When the resource's endpoints have addresses.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> OnResourceEndpointsAllocated<T>(this IResourceBuilder<T> builder, Func<T, ResourceEndpointsAllocatedEvent, CancellationToken, Task> callback)
        where T : IResourceWithEndpoints => builder.On(callback);

    /// <summary>When the resource is healthy for the first time since it started; waiting resources wait for the handler.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> OnResourceReady<T>(this IResourceBuilder<T> builder, Func<T, ResourceReadyEvent, CancellationToken, Task> callback)
        where T : IResource => builder.On(callback);

    /// <summary>When the resource has ended.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">The handler.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> OnResourceStopped<T>(this IResourceBuilder<T> builder, Func<T, ResourceStoppedEvent, CancellationToken, Task> callback)
        where T : IResource => builder.On(callback);

    private static IResourceBuilder<TResource> On<TResource, TEvent>(this IResourceBuilder<TResource> builder, Func<TResource, TEvent, CancellationToken, Task> callback)
        where TResource : IResource
        where TEvent : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(callback);
        var resource = builder.Resource;
        builder.ApplicationBuilder.Eventing.Subscribe<TEvent>(resource, (@event, cancellationToken) => callback(resource, @event, cancellationToken));
        return builder;
    }
}
