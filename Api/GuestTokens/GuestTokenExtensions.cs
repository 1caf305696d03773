using EmbedStack.Api.Secrets;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.GuestTokens;

internal static class GuestTokenExtensions
{
    public static IServiceCollection AddGuestTokens(this IServiceCollection services)
    {
        services.AddServiceClient(SupersetSettings.Service)
            .ConfigureHttpClient((provider, client) => client.DefaultRequestHeaders.Add(
                SupersetSettings.IngressHeader, provider.GetRequiredService<SupersetSettings>().IngressSecret));
        services.AddSingleton(provider => SupersetSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new AssertionSigner(
            SecretFile.From(provider.GetRequiredService<IConfiguration>(), "ASSERTION_KEY_FILE"),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SupersetClient>().AddSingleton<SupersetLoginMemo>();
        services.AddSingleton<IGuestTokenIssuer, HandshakeIssuer>();
        services.AddSingleton<MintMetrics>().AddSingleton<GuestTokenMint>();
        return services;
    }
}
