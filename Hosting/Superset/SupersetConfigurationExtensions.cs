using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Superset;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods that configure Superset through its environment, in a container and outside of one alike.
/// </summary>
public static class SupersetConfigurationExtensions
{
    private const string ParentRelationship = "Parent"; // KnownRelationshipTypes is internal

    /// <summary>
    /// Sets what every process of Superset has: its secret key and the export of telemetry.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="secretKey">The key Superset signs its sessions and encrypts its stored passwords with.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithSupersetDefaults<T>(this IResourceBuilder<T> builder, ParameterResource secretKey)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(secretKey);

        return builder
            .WithEnvironment(context => context.EnvironmentVariables[SupersetEnvironment.SecretKey] = secretKey)
            .WithOtlpExporter();
    }

    /// <summary>
    /// Lets the server wait for a bootstrap process, and shows that process beneath it; of several servers, beneath the first.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The server's resource builder.</param>
    /// <param name="bootstrap">The process that must end with exit code 0 before the server starts.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithBootstrap<T>(this IResourceBuilder<T> builder, IResourceBuilder<ISupersetResource> bootstrap)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(bootstrap);

        if (!bootstrap.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Any(relationship => relationship.Type == ParentRelationship))
        {
            bootstrap.WithParentRelationship(builder.Resource);
        }

        return builder.WaitForCompletion(bootstrap);
    }

    /// <summary>
    /// Sets the configuration file.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="path">The path of <c>superset_config.py</c> as the process sees it, inside the container where there is one.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithConfigFile<T>(this IResourceBuilder<T> builder, string path)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);

        return builder.WithEnvironment(SupersetEnvironment.ConfigPath, path);
    }

    /// <summary>
    /// Sets the folders in which Python looks for modules before its own.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="paths">The folders as the process sees them, inside the container where there is one.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithPythonPath<T>(this IResourceBuilder<T> builder, params string[] paths)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(paths);

        return builder.WithEnvironment(SupersetEnvironment.PythonPath, string.Join(':', paths));
    }

    /// <summary>
    /// Sets how many processes the web server runs, and how many requests each answers at once.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="workers">The number of processes.</param>
    /// <param name="threads">The number of threads of a process.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithWorkers<T>(this IResourceBuilder<T> builder, int workers, int threads)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);

        return builder
            .WithEnvironment(SupersetEnvironment.Workers, workers.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment(SupersetEnvironment.Threads, threads.ToString(CultureInfo.InvariantCulture));
    }
}
