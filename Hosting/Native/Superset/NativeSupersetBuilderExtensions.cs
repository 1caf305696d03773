using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;
using Aspire.Hosting.Native.Superset;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods for adding Apache Superset as local processes of a virtual environment.
/// </summary>
public static class NativeSupersetBuilderExtensions
{
    /// <summary>
    /// Adds an Apache Superset web server that runs under gunicorn as a local process.
    /// </summary>
    /// <param name="builder">The <see cref="IDistributedApplicationBuilder"/>.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="virtualEnvironment">
    /// The virtual environment that holds Superset and gunicorn, relative to the AppHost's folder or absolute.
    /// </param>
    /// <param name="gunicornConfig">
    /// gunicorn's configuration file, relative to the AppHost's folder or absolute. It binds 127.0.0.1 at the port that
    /// <c>SUPERSET_PORT</c> holds.
    /// </param>
    /// <param name="secretKey">
    /// The parameter that contains the key Superset signs its sessions and encrypts its stored passwords with.
    /// If <see langword="null"/> a random key is generated.
    /// </param>
    /// <param name="port">The port. If <see langword="null"/> a free one is chosen.</param>
    /// <returns>A reference to the <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>
    /// The resource is healthy when <c>/health</c> answers.
    /// <example>
    /// <code lang="csharp">
    /// var superset = builder.AddNativeSuperset("superset", "../.venv", "../superset/gunicorn.conf.py")
    ///     .WithConfigFile("/srv/superset/superset_config.py")
    ///     .WithMetadataDatabase(metadata)
    ///     .WithCache(redis);
    /// </code>
    /// </example>
    /// </remarks>
    public static IResourceBuilder<NativeSupersetResource> AddNativeSuperset(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string virtualEnvironment,
        string gunicornConfig,
        IResourceBuilder<ParameterResource>? secretKey = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(virtualEnvironment);
        ArgumentException.ThrowIfNullOrEmpty(gunicornConfig);

        var superset = new NativeSupersetResource(name, SecretKey(builder, name, secretKey));
        var config = Path.GetFullPath(gunicornConfig, builder.AppHostDirectory);

        return builder.AddResource(superset)
            .WithIconName("DataBarVertical")
            .WithPython(
                virtualEnvironment,
                // Shorter than the patience of who stops it: 6 seconds, with Aspire.
                ["-m", "gunicorn", "--config", config, "--graceful-timeout", "4", "superset.app:create_app()"])
            .WithHttpEndpoint(port: port, name: NativeSupersetResource.PrimaryEndpointName, env: "SUPERSET_PORT", isProxied: false)
            .WithHttpHealthCheck("/health")
            .WithSupersetDefaults(superset.SecretKeyParameter);
    }

    /// <summary>
    /// Adds a process of Superset's virtual environment that runs to completion.
    /// </summary>
    /// <param name="builder">The <see cref="IDistributedApplicationBuilder"/>.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="virtualEnvironment">The virtual environment that holds Superset, relative to the AppHost's folder or absolute.</param>
    /// <param name="secretKey">The server's key, where the command needs it. If <see langword="null"/> a random key is generated.</param>
    /// <param name="command">The arguments of the environment's Python, such as <c>-m</c> and a module's name.</param>
    /// <returns>A reference to the <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<NativeSupersetBootstrapResource> AddNativeSupersetBootstrap(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string virtualEnvironment,
        IResourceBuilder<ParameterResource>? secretKey = null,
        params string[] command)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(virtualEnvironment);
        ArgumentNullException.ThrowIfNull(command);

        return builder.AddResource(new NativeSupersetBootstrapResource(name))
            .WithIconName("Wrench")
            .WithPython(virtualEnvironment, command)
            .WithSupersetDefaults(SecretKey(builder, name, secretKey));
    }

    private static IResourceBuilder<T> WithPython<T>(this IResourceBuilder<T> builder, string virtualEnvironment, string[] arguments)
        where T : ExecutableResource, ISupersetResource
    {
        var environment = Path.GetFullPath(virtualEnvironment, builder.ApplicationBuilder.AppHostDirectory);

        return builder
            .WithRequiredPart("Superset", () => VirtualEnvironment.Problem(environment, "superset"))
            .WithPythonPath()
            .WithScript("superset.sh", args =>
            {
                args.Add(VirtualEnvironment.Python(environment));
                foreach (var argument in arguments)
                {
                    args.Add(argument);
                }
            });
    }

    private static ParameterResource SecretKey(IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? secretKey) =>
        secretKey?.Resource
        ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-secret-key", special: false);
}
