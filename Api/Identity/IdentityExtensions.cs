using EmbedStack.Api.Identity.BackChannel;
using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Instances;
using EmbedStack.Api.Secrets;
using EmbedStack.ServiceDefaults.Clients;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authorization;

namespace EmbedStack.Api.Identity;

internal static class IdentityExtensions
{
    public const string SessionScheme = "session";
    public const string SignInScheme = "keycloak";
    public const string BearerScheme = "bearer";
    public const string SessionCookie = "__Host-embedstack";
    public const string SignInCookie = "__Host-embedstack-signin.";
    public const string CallbackPath = "/bff/signin";

    private const string CallerScheme = "caller";

    private static readonly ResilienceLimits Limits = new()
    {
        Connect = TimeSpan.FromSeconds(2), Attempt = TimeSpan.FromSeconds(2), Total = TimeSpan.FromSeconds(5), Retries = 1,
    };

    public static IServiceCollection AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        var patience = KeycloakSettings.ReadTokenPatience(configuration);
        services.AddServiceClient(KeycloakSettings.Service, Limits);
        services.AddServiceClient(KeycloakSettings.Service, Limits with { Attempt = patience, Total = patience, Retries = 0 }, KeycloakSettings.TokenClient);
        // Callers' tokens are asked about by a client of their own: what they make fail opens no circuit of the sessions'.
        services.AddServiceClient(KeycloakSettings.Service, Limits, KeycloakSettings.BearerClient);
        services.AddMemoryCache();
        services.AddSingleton(provider => KeycloakSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => SessionLimits.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new KeycloakSecret(
            SecretFile.From(provider.GetRequiredService<IConfiguration>(), "KEYCLOAK_CLIENT_SECRET_FILE")));
        services.AddSingleton<KeycloakClient>().AddSingleton<IssuerCheck>();
        services.AddSingleton<SessionStore>().AddSingleton<SessionRefresh>().AddSingleton<SessionVerdicts>().AddSingleton<BearerVerdicts>();
        services.AddSingleton<SessionTicketStore>().AddSingleton<SessionValidation>().AddSingleton<SignInEvents>();
        services.AddSingleton<BearerSignature>().AddSingleton<BearerLimit>().AddSingleton<SignInLimit>().AddSingleton<SignInRate>();
        services.AddSingleton<SigningKeys>().AddSingleton<RealmSignature>().AddSingleton<LogoutTokenReader>().AddSingleton<LogoutLimit>().AddSingleton<SessionEnding>();
        services.AddSingleton<SessionInquiry>().AddSingleton<SessionTermination>().AddSingleton<SessionReview>().AddHostedService(provider => provider.GetRequiredService<SessionReview>());
        services.AddHostedService<SessionSweeper>(ApiRole.App);

        services.AddAuthentication()
            .AddPolicyScheme(CallerScheme, null, caller =>
                caller.ForwardDefaultSelector = context => BearerRequest.Is(context.Request) ? BearerScheme : SessionScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerScheme, null)
            .AddCookie(SessionScheme)
            .AddOAuth<OAuthOptions, SignInHandler>(SignInScheme, _ => { });
        services.AddOptions<CookieAuthenticationOptions>(SessionScheme)
            .Configure<SessionTicketStore, SessionLimits>(SessionCookieOptions.Apply);
        services.AddOptions<OAuthOptions>(SignInScheme)
            .Configure<KeycloakSettings, KeycloakSecret>(SignInOptions.Apply);
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder(CallerScheme).RequireAuthenticatedUser().Build());
        return services;
    }
}
