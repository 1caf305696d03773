using Aspire.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Counts the resource as healthy when a registered health check does.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The name under which the check is registered.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    /// <exception cref="DistributedApplicationException">The resource has this check already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
        => builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(h => h.Key == key)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));

    /// <summary>Counts the resource as healthy when it answers a GET.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; by default the root.</param>
    /// <param name="statusCode">The status expected; by default 200.</param>
    /// <param name="endpointName">The endpoint; by default <c>https</c>, else <c>http</c>.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, [EndpointName] string? endpointName = null)
        where T : IResourceWithEndpoints => builder.WithHttpHealthCheck(HttpEndpoints.Select(builder, endpointName, "HTTP health check"), path, statusCode);

    /// <summary>Counts the resource as healthy when it answers a GET.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">Gives the endpoint; by default <c>https</c>, else <c>http</c>.</param>
    /// <param name="path">The path; by default the root.</param>
    /// <param name="statusCode">The status expected; by default 200.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    /// <exception cref="DistributedApplicationException">There is no such HTTP endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        endpointSelector ??= HttpEndpoints.Select(builder, null, "HTTP health check");
        var resource = builder.Resource.Name;
        var endpoint = endpointSelector() ?? throw new DistributedApplicationException($"Could not create HTTP health check for resource '{resource}' as the endpoint selector returned null.");
        HttpEndpoints.RequireHttp(endpoint, resource, "HTTP health check");
        path ??= "/";
        var status = statusCode ?? 200;
        var key = $"{resource}_{endpoint.EndpointName}_{path}_{status}_check";
        builder.ApplicationBuilder.Services.AddHttpClient();
        builder.ApplicationBuilder.Services.AddLogging(logging => logging.AddFilter($"System.Net.Http.HttpClient.{key}", LogLevel.None));
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => new EndpointHealthCheck(endpoint, path, status, () => services.GetRequiredService<IHttpClientFactory>().CreateClient(key)),
            failureStatus: null,
            tags: null,
            timeout: null));
        builder.OnResourceEndpointsAllocated((_, _, _) => endpoint.Exists
            ? Task.CompletedTask
            : throw new DistributedApplicationException($"The endpoint '{endpoint.EndpointName}' does not exist on the resource '{resource}'."));
        return builder.WithHealthCheck(key);
    }
}
