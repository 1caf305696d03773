using Aspire.Hosting.Redis;

namespace Aspire.Hosting;

public static partial class RedisBuilderExtensions
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);

    /// <summary>Replaces the password.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="password">The password, or null to ask for none.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<RedisResource> WithPassword(this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.PasswordParameter = password?.Resource;
        return builder;
    }

    /// <summary>Sets the port on this machine.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">The port, or null for any free one.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Keeps the data in a volume and saves it there, unless it is read-only.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; by default made from the application's and the resource's.</param>
    /// <param name="isReadOnly">Whether the server may only read it.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Keeps the data in a folder of this machine and saves it there, unless it is read-only.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder.</param>
    /// <param name="isReadOnly">Whether the server may only read it.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        builder.WithBindMount(source, "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Saves a snapshot of the data from time to time.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="interval">The time between two snapshots; by default 60 seconds.</param>
    /// <param name="keysChangedThreshold">How many keys must have changed since the last one.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new RedisPersistenceAnnotation(interval ?? DefaultInterval, keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);
    }
}
