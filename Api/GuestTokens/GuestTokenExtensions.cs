using EmbedStack.Api.Edge.Upstreams;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.GuestTokens;

internal static class GuestTokenExtensions
{
    // Somebody waits for it: what takes longer is given up.
    private static readonly ResilienceLimits Limits = new() { Attempt = TimeSpan.FromSeconds(6), Total = TimeSpan.FromSeconds(15) };

    public static IServiceCollection AddGuestTokens(this IServiceCollection services)
    {
        services.AddServiceClient(SupersetSettings.Service, Limits)
            .ConfigureHttpClient((provider, client) => client.AddIngressSecret(provider))
            .OverInstances();
        services.AddSingleton(provider => SupersetSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => GuestTokenSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new AssertionSigner(
            SigningSecret.From(provider.GetRequiredService<IConfiguration>(), "ASSERTION_KEY_FILE"),
            provider.GetRequiredService<GuestTokenSettings>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SupersetClient>().AddSingleton<SupersetLoginMemo>();
        services.AddSingleton(CreateIssuer);
        services.AddSingleton<TokenSize>().AddSingleton<SupersetGuestTokens>().AddSingleton<GuestTokenMemo>().AddSingleton<GuestTokenGrants>();
        services.AddSingleton<MintMetrics>().AddSingleton<GuestTokenMint>();
        services.AddSingleton(provider => RateLimitSettings.From(provider.GetRequiredService<IConfiguration>())).AddSingleton<PersonRateLimiter>();
        services.AddHostedService<GuestTokenStart>();
        return services;
    }

    private static IGuestTokenIssuer CreateIssuer(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<GuestTokenSettings>();
        return settings.IsSigned
            ? new SignedIssuer(
                SigningSecret.From(provider.GetRequiredService<IConfiguration>(), "GUEST_TOKEN_JWT_SECRET_FILE"), settings, provider.GetRequiredService<TimeProvider>())
            : ActivatorUtilities.CreateInstance<HandshakeIssuer>(provider);
    }
}
