using EmbedStack.Api.Edge.Exchange.Issuers;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Instances;

namespace EmbedStack.Api.Edge.Exchange;

internal static class ExchangeExtensions
{
    public static IServiceCollection AddTokenExchange(this IServiceCollection services)
    {
        services.AddSingleton(provider => EdgeTokenSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new EdgeTokenSigner(
            SigningSecret.From(provider.GetRequiredService<IConfiguration>(), "EDGE_TOKEN_KEY_FILE"),
            provider.GetRequiredService<Origins>(), provider.GetRequiredService<GuestTokenSettings>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHttpClient(IssuerKeys.Client).ConfigureHttpClient(IssuerKeys.Configure).ConfigurePrimaryHttpMessageHandler(
            () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) });
        services.AddSingleton<IssuerKeys>().AddSingleton(CreateIssuer);
        services.AddSingleton<EdgeGrantStore>().AddSingleton<EdgeSessions>().AddSingleton<EdgeGuests>();
        services.AddSingleton<SupersetTokenStore>().AddSingleton<FailedMakings>().AddSingleton<SupersetTokens>().AddSingleton<ExchangedTokens>();
        services.AddSingleton<IBrowserTokens>(provider => provider.GetRequiredService<EdgeTokenSettings>().IsDirect
            ? provider.GetRequiredService<SupersetGuestTokens>()
            : provider.GetRequiredService<ExchangedTokens>());
        return services.AddHostedService<EdgeSweeper>(ApiRole.Edge);
    }

    private static TrustedIssuer CreateIssuer(IServiceProvider provider) =>
        IssuerSettings.From(provider.GetRequiredService<IConfiguration>()) is { } settings
            ? new(settings.Issuer, ActivatorUtilities.CreateInstance<IssuerGuests>(provider, settings, ActivatorUtilities.CreateInstance<IssuerTokens>(provider, settings)))
            : new(Name: null, Guests: null);
}
