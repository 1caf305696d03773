using Aspire.Hosting.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis.</summary>
public static partial class RedisBuilderExtensions
{
    /// <summary>Adds Redis in a container.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The port that consumers use; by default any free one.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port)
        => builder.AddRedis(name, port, null);

    /// <summary>Adds Redis in a container.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The port that consumers use; by default any free one.</param>
    /// <param name="password">The password; by default generated.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var redis = new RedisResource(name, secret);
        string? connectionString = null;
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration($"{name}_check", _ => new RedisHealthCheck(() => connectionString), null, null));
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: 6379, name: RedisResource.PrimaryEndpointName, scheme: "redis")
            .WithImage(RedisContainerImageTags.Image, RedisContainerImageTags.Tag)
            .WithImageRegistry(RedisContainerImageTags.Registry)
            .WithIconName("Database")
            .WithHealthCheck($"{name}_check")
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is { } parameter)
                {
                    context.EnvironmentVariables["REDIS_PASSWORD"] = parameter;
                }
            })
            .WithArgs(context => AddArgs(redis, context.Args))
            .OnConnectionStringAvailable(async (_, _, cancellationToken) =>
                connectionString = await redis.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false));
    }

    private static void AddArgs(RedisResource redis, IList<object> args)
    {
        args.Add("redis-server");
        if (redis.PasswordParameter is not null)
        {
            // The shell puts the password in: it stands in no specification and no log.
            args.Add("--requirepass");
            args.Add("$REDIS_PASSWORD");
        }

        if (redis.TryGetLastAnnotation<RedisPersistenceAnnotation>(out var save))
        {
            args.Add("--save");
            args.Add(save.Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture));
            args.Add(save.KeysChangedThreshold.ToString(CultureInfo.InvariantCulture));
        }
    }
}
