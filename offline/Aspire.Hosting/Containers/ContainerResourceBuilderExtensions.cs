namespace Aspire.Hosting;

/// <summary>Adds and configures containers.</summary>
public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="image">The image, with a tag or digest if wanted.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image)
        => builder.AddResource(new ContainerResource(name)).WithImage(image);

    /// <summary>Adds a container.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="image">The image.</param>
    /// <param name="tag">Its tag.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image, string tag)
        => builder.AddResource(new ContainerResource(name)).WithImage(image, tag);

    /// <summary>Chooses the image.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="image">The image, with a registry, a tag or a digest if wanted.</param>
    /// <param name="tag">Its tag; by default <c>latest</c>.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        if (builder.Resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault() is { } build && build.ImageName is not null)
        {
            builder.Resource.Annotations.Remove(build);
        }

        Containers.ContainerImages.Set(builder.Resource, image, tag);
        return builder;
    }

    /// <summary>Chooses the image's tag.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="tag">The tag.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        Containers.ContainerImages.Required(builder.Resource).Tag = tag;
        return builder;
    }

    /// <summary>Chooses the image's registry.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="registry">The registry.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        Containers.ContainerImages.Required(builder.Resource).Registry = registry;
        return builder;
    }

    /// <summary>Chooses the image by its digest.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="sha256">The digest.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256)
        where T : ContainerResource
    {
        Containers.ContainerImages.Required(builder.Resource).SHA256 = sha256;
        return builder;
    }

    /// <summary>Says when the image is pulled.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="pullPolicy">When.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithImagePullPolicy<T>(this IResourceBuilder<T> builder, ImagePullPolicy pullPolicy)
        where T : ContainerResource
        => builder.WithAnnotation(new ContainerImagePullPolicyAnnotation { ImagePullPolicy = pullPolicy }, ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Replaces the image's program.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="entrypoint">The program.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    /// <summary>Says how long the container lives. This engine ends every container with the AppHost.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="lifetime">How long.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithLifetime<T>(this IResourceBuilder<T> builder, ContainerLifetime lifetime)
        where T : ContainerResource => builder.WithAnnotation(new ContainerLifetimeAnnotation { Lifetime = lifetime }, ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Names the container.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="name">The name.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithContainerName<T>(this IResourceBuilder<T> builder, string name)
        where T : ContainerResource => builder.WithAnnotation(new ContainerNameAnnotation { Name = name }, ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Gives the container a further name in its network.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="alias">The name.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithContainerNetworkAlias<T>(this IResourceBuilder<T> builder, string alias)
        where T : ContainerResource => builder.WithAnnotation(new ContainerNetworkAliasAnnotation(alias));

    /// <summary>Whether the container's endpoints may have a proxy.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="proxyEnabled">Whether they may.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithEndpointProxySupport<T>(this IResourceBuilder<T> builder, bool proxyEnabled)
        where T : ContainerResource => builder.WithAnnotation(new ProxySupportAnnotation { ProxyEnabled = proxyEnabled }, ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Adds arguments for the container runtime.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="args">The arguments.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : ContainerResource => builder.WithContainerRuntimeArgs(context =>
        {
            foreach (var arg in args)
            {
                context.Args.Add(arg);
            }
        });

    /// <summary>Adds arguments for the container runtime.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="callback">Adds them.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, Action<ContainerRuntimeArgsCallbackContext> callback)
        where T : ContainerResource => builder.WithContainerRuntimeArgs(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });

    /// <summary>Adds arguments for the container runtime.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="callback">Adds them.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, Func<ContainerRuntimeArgsCallbackContext, Task> callback)
        where T : ContainerResource => builder.WithAnnotation(new ContainerRuntimeArgsCallbackAnnotation(callback));
}
