using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace EmbedStack.ServiceDefaults.Clients;

/// <summary>Registers HTTP clients for the stack's services.</summary>
public static class ServiceClientExtensions
{
    /// <summary>
    /// Adds the named client of a service: its address from configuration, bounded connect and answer times,
    /// retries for idempotent requests, a circuit breaker. It keeps no cookies and follows no redirects.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="service">The service's resource name.</param>
    /// <param name="limits">Time limits and retries; the defaults where null.</param>
    /// <param name="client">The client's name, where a service has clients of different patience; else the service's.</param>
    /// <returns>The client's builder.</returns>
    public static IHttpClientBuilder AddServiceClient(this IServiceCollection services, string service, ResilienceLimits? limits = null, string? client = null)
    {
        limits ??= new ResilienceLimits();
        var name = client ?? service;
        services.AddKeyedSingleton(name, (provider, _) => ResiliencePipelines.Create(limits, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return services.AddHttpClient(name)
            .ConfigureHttpClient((provider, http) =>
            {
                http.BaseAddress = provider.GetRequiredService<IConfiguration>().GetServiceAddress(service);
                http.Timeout = Timeout.InfiniteTimeSpan; // the pipeline's timeouts bound it
            })
            .ConfigurePrimaryHttpMessageHandler(() => CreateHandler(limits))
            .AddHttpMessageHandler(provider => new ResilienceHandler(provider.GetRequiredKeyedService<ResiliencePipeline<HttpResponseMessage>>(name)));
    }

    private static SocketsHttpHandler CreateHandler(ResilienceLimits limits) => new()
    {
        ConnectTimeout = limits.Connect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };
}
