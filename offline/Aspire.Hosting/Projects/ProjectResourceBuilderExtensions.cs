using Aspire.Hosting.Projects;

namespace Aspire.Hosting;

/// <summary>Adds projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project that the AppHost references.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <typeparam name="TProject">The generated type of the reference.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    /// <summary>Adds a project that the AppHost references.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    /// <typeparam name="TProject">The generated type of the reference.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, options => Choose(options, launchProfileName));

    /// <summary>Adds a project that the AppHost references.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="configure">How it is added.</param>
    /// <typeparam name="TProject">The generated type of the reference.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), configure);

    /// <summary>Adds a project by its path.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project, from the AppHost's directory.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath)
        => builder.AddProject(name, projectPath, _ => { });

    /// <summary>Adds a project by its path.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project, from the AppHost's directory.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, string? launchProfileName)
        => builder.AddProject(name, projectPath, options => Choose(options, launchProfileName));

    /// <summary>Adds a project by its path.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project, from the AppHost's directory.</param>
    /// <param name="configure">How it is added.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, Action<ProjectResourceOptions> configure)
        => Add(builder, name, new ProjectMetadata(Path.GetFullPath(projectPath, builder.AppHostDirectory)), configure);

    /// <summary>Runs several processes of the project.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="replicas">How many.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
        => builder.WithAnnotation(new ReplicaAnnotation(replicas));

    /// <summary>Lets the published project not honour forwarded headers.</summary>
    /// <param name="builder">The resource.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder)
        => builder.WithAnnotation(new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Chooses the endpoints that are put into <c>ASPNETCORE_URLS</c>.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="filter">Whether an endpoint is.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ProjectResource> WithEndpointsInEnvironment(this IResourceBuilder<ProjectResource> builder, Func<EndpointAnnotation, bool> filter)
        => builder.WithAnnotation(new EndpointEnvironmentFilterAnnotation(filter));

    private static void Choose(ProjectResourceOptions options, string? launchProfileName)
        => (options.ExcludeLaunchProfile, options.LaunchProfileName) = (launchProfileName is null, launchProfileName);

    private static IResourceBuilder<ProjectResource> Add(IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        if (options.ExcludeLaunchProfile)
        {
            project.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        }
        else if (!string.IsNullOrEmpty(options.LaunchProfileName))
        {
            project.WithAnnotation(new LaunchProfileAnnotation(options.LaunchProfileName));
        }
        else if ((builder.Configuration["AppHost:DefaultLaunchProfileName"] ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"]) is { Length: > 0 } preferred)
        {
            project.WithAnnotation(new DefaultLaunchProfileAnnotation(preferred));
        }

        ProjectEnvironment.Apply(project);
        return project;
    }
}
