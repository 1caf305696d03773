using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Permalinks;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Edge.Upstreams;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Edge;

internal static class EdgeExtensions
{
    public static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services.AddHttpClient(SupersetUpstream.Client)
            .ConfigureHttpClient((provider, client) =>
            {
                client.BaseAddress = provider.GetRequiredService<IConfiguration>().GetServiceAddress(SupersetSettings.Service);
                client.Timeout = Timeout.InfiniteTimeSpan; // the forwarder bounds each request
                client.AddIngressSecret(provider);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(3),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
            })
            .OverInstances();
        services.AddSupersetInstances()
            .AddSingleton(provider => EdgeLimits.From(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<SupersetInstances>().All.Count))
            .AddSingleton<GuestLimiter>().AddSingleton<FormReaders>().AddSingleton<SupersetQueue>().AddSingleton<PageRate>().AddSingleton<EdgeMemory>().AddSingleton<EdgeMetrics>();
        return services.AddTokenExchange().AddSingleton<PermalinkStore>().AddSingleton<PermalinkRate>().AddSingleton<PermalinkHandler>().AddSingleton<GuestAnswers>()
            .AddSingleton<SupersetUpstream>().AddSingleton<SupersetReads>().AddSingleton<EdgeForwarder>().AddSingleton<RefusedPage>().AddSingleton<EdgeHandler>();
    }

    /// <summary>Takes the requests of the embed endpoint out of the application's own.</summary>
    public static IApplicationBuilder UseEdge(this IApplicationBuilder app)
    {
        var origins = app.ApplicationServices.GetRequiredService<Origins>();
        var handler = app.ApplicationServices.GetRequiredService<EdgeHandler>();
        return app.MapWhen(origins.IsEmbed, embed => embed.Run(handler.HandleAsync));
    }
}
