using EmbedStack.Api.GuestTokens;

namespace EmbedStack.Api.Edge.Upstreams;

internal static class UpstreamExtensions
{
    public static IServiceCollection AddSupersetInstances(this IServiceCollection services)
    {
        services.AddHttpClient(InstanceProbe.Client)
            .ConfigureHttpClient((provider, client) => client.AddIngressSecret(provider))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.Zero, // one that is kept belongs to one worker, and waits behind what that one does
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
            })
            .RemoveAllLoggers(); // a line a second says nothing
        return services.AddSingleton<SupersetInstances>().AddTransient<InstanceHandler>().AddHostedService<InstanceProbe>();
    }

    /// <summary>Has a client of Superset ask whichever instance is there.</summary>
    public static IHttpClientBuilder OverInstances(this IHttpClientBuilder client) => client.AddHttpMessageHandler<InstanceHandler>();

    /// <summary>Makes a client known to Superset as the Api.</summary>
    public static void AddIngressSecret(this HttpClient client, IServiceProvider provider) =>
        client.DefaultRequestHeaders.Add(SupersetSettings.IngressHeader, provider.GetRequiredService<SupersetSettings>().IngressSecret);
}
