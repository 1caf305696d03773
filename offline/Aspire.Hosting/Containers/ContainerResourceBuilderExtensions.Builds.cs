namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container whose image is built.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="contextPath">The build's context, from the AppHost's directory.</param>
    /// <param name="dockerfilePath">The Dockerfile, from the context; by default <c>Dockerfile</c>.</param>
    /// <param name="stage">The last stage to build.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ContainerResource> AddDockerfile(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, string? dockerfilePath = null, string? stage = null)
        => builder.AddResource(new ContainerResource(name)).WithDockerfile(contextPath, dockerfilePath, stage);

    /// <summary>Builds the container's image.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="contextPath">The build's context, from the AppHost's directory.</param>
    /// <param name="dockerfilePath">The Dockerfile, from the context; by default <c>Dockerfile</c>.</param>
    /// <param name="stage">The last stage to build.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithDockerfile<T>(this IResourceBuilder<T> builder, string contextPath, string? dockerfilePath = null, string? stage = null)
        where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(contextPath);
        var context = Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory);
        var name = builder.Resource.Name.ToLowerInvariant();
        var hash = builder.ApplicationBuilder.Configuration["AppHost:Sha256"]![..10].ToLowerInvariant();
        var tag = $"{hash}-{DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
        var build = new DockerfileBuildAnnotation(context, Path.GetFullPath(dockerfilePath ?? "Dockerfile", context), stage) { ImageName = name, ImageTag = tag };
        if (!builder.Resource.HasAnnotationOfType<ContainerImageAnnotation>())
        {
            builder.WithAnnotation(new ContainerImageAnnotation { Image = name, Tag = tag });
        }

        return builder.WithAnnotation(build, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Gives the build an argument.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="name">The argument.</param>
    /// <param name="value">Its value; null for the environment's.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, object? value)
        where T : ContainerResource
    {
        BuildOf(builder.Resource).BuildArguments[name] = value;
        return builder;
    }

    /// <summary>Gives the build an argument.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="name">The argument.</param>
    /// <param name="value">Its value, which is no secret.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    /// <exception cref="InvalidOperationException">The value is a secret.</exception>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource => value.Resource.Secret
            ? throw new InvalidOperationException("Cannot add secret parameter as a build argument. Use WithBuildSecret instead.")
            : builder.WithBuildArg(name, value.Resource);

    /// <summary>Gives the build a secret.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="name">The secret.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithBuildSecret<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource
    {
        BuildOf(builder.Resource).BuildSecrets[name] = value.Resource;
        return builder;
    }

    private static DockerfileBuildAnnotation BuildOf(IResource resource)
        => resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault()
            ?? throw new InvalidOperationException("The resource does not have a Dockerfile build annotation. Call WithDockerfile before calling this method.");
}
