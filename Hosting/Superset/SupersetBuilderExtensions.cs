using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Superset;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods for adding Apache Superset resources to an <see cref="IDistributedApplicationBuilder"/>.
/// </summary>
public static class SupersetBuilderExtensions
{
    private const int ContainerPort = 8088;

    /// <summary>
    /// Adds an Apache Superset container to the application model.
    /// </summary>
    /// <param name="builder">The <see cref="IDistributedApplicationBuilder"/>.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="secretKey">
    /// The parameter that contains the key Superset signs its sessions and encrypts its stored passwords with.
    /// If <see langword="null"/> a random key is generated. A lost key makes stored database passwords unreadable.
    /// </param>
    /// <param name="port">The host port of the web server. If <see langword="null"/> a random port is assigned.</param>
    /// <returns>A reference to the <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>
    /// The image is <c>docker.io/apache/superset</c>, tag 6.1.0. It carries no database driver; build on it with
    /// <see cref="ContainerResourceBuilderExtensions.WithDockerfile{T}(IResourceBuilder{T}, string, string?, string?)"/>.
    /// The resource is healthy when <c>/health</c> answers.
    /// <example>
    /// <code lang="csharp">
    /// var metadata = builder.AddPostgres("postgres").AddDatabase("superset-db");
    /// var redis = builder.AddRedis("redis");
    ///
    /// var superset = builder.AddSuperset("superset")
    ///     .WithDockerfile("../superset")
    ///     .WithMetadataDatabase(metadata)
    ///     .WithCache(redis)
    ///     .WaitFor(metadata)
    ///     .WaitFor(redis);
    /// </code>
    /// </example>
    /// </remarks>
    public static IResourceBuilder<SupersetResource> AddSuperset(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? secretKey = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var superset = new SupersetResource(name, SecretKey(builder, name, secretKey));

        return builder.AddResource(superset)
            .WithImage(SupersetContainerImageTags.Image, SupersetContainerImageTags.Tag)
            .WithImageRegistry(SupersetContainerImageTags.Registry)
            .WithIconName("DataBarVertical")
            .WithHttpEndpoint(port, ContainerPort, SupersetResource.PrimaryEndpointName, SupersetEnvironment.Port)
            .WithHttpHealthCheck("/health")
            .WithSupersetDefaults(superset.SecretKeyParameter);
    }

    /// <summary>
    /// Adds a container of Superset's image that runs a command to completion.
    /// </summary>
    /// <param name="builder">The <see cref="IDistributedApplicationBuilder"/>.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="secretKey">The server's key, where the command needs it. If <see langword="null"/> a random key is generated.</param>
    /// <param name="command">The program to run and its arguments.</param>
    /// <returns>A reference to the <see cref="IResourceBuilder{T}"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="command"/> is empty.</exception>
    /// <remarks>
    /// <example>
    /// <code lang="csharp">
    /// var key = builder.AddParameter("superset-secret-key", secret: true);
    /// var upgrade = builder.AddSupersetBootstrap("superset-upgrade", key, "superset", "db", "upgrade");
    /// var superset = builder.AddSuperset("superset", key).WithBootstrap(upgrade);
    /// </code>
    /// </example>
    /// </remarks>
    public static IResourceBuilder<SupersetBootstrapResource> AddSupersetBootstrap(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? secretKey = null,
        params string[] command)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfZero(command.Length);

        return builder.AddResource(new SupersetBootstrapResource(name, command[0]))
            .WithImage(SupersetContainerImageTags.Image, SupersetContainerImageTags.Tag)
            .WithImageRegistry(SupersetContainerImageTags.Registry)
            .WithIconName("Wrench")
            .WithArgs(command[1..])
            .WithSupersetDefaults(SecretKey(builder, name, secretKey));
    }

    private static ParameterResource SecretKey(IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? secretKey) =>
        secretKey?.Resource
        ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-secret-key", special: false);
}
