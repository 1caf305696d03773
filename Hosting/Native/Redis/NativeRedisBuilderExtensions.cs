using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;
using Aspire.Hosting.Native.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods for adding Redis servers that run as local processes.
/// </summary>
public static class NativeRedisBuilderExtensions
{
    private const string Program = "redis-server";

    /// <summary>
    /// Adds a Redis server that runs as a local process, on loopback only, and keeps its data in memory only.
    /// </summary>
    /// <param name="builder">The <see cref="IDistributedApplicationBuilder"/>.</param>
    /// <param name="name">The name of the resource, and of its connection string.</param>
    /// <param name="password">The parameter with the password. If <see langword="null"/> a random password is generated.</param>
    /// <param name="port">The port. If <see langword="null"/> a free one is chosen.</param>
    /// <returns>A reference to the <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>
    /// The <c>redis-server</c> of the PATH runs. The resource is healthy when it accepts the password and answers PING.
    /// <example>
    /// <code lang="csharp">
    /// var redis = builder.AddNativeRedis("redis");
    /// builder.AddProject&lt;Projects.Api&gt;("api").WithReference(redis).WaitFor(redis);
    /// </code>
    /// </example>
    /// </remarks>
    public static IResourceBuilder<NativeRedisResource> AddNativeRedis(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var redis = new NativeRedisResource(
            name,
            password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));

        var healthCheckKey = $"{name}_check";
        builder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(healthCheckKey, _ => new RedisHealthCheck(redis), failureStatus: null, tags: null));

        return builder.AddResource(redis)
            .WithIconName("Database")
            .WithRequiredPart("Redis", () => SearchPath.Problem(Program))
            .WithScript("redis.sh", arguments => arguments.Add(SearchPath.Find(Program) ?? Program))
            .WithEndpoint(port: port, scheme: "redis", name: NativeRedisResource.PrimaryEndpointName, env: "REDIS_PORT", isProxied: false)
            .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = redis.PasswordParameter)
            .WithHealthCheck(healthCheckKey);
    }
}
