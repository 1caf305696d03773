using Microsoft.AspNetCore.Authentication.OAuth;

namespace EmbedStack.Api.Identity;

internal static class SignInOptions
{
    public static void Apply(OAuthOptions options, KeycloakSettings settings, KeycloakSecret secret)
    {
        options.AuthorizationEndpoint = settings.Authorization;
        options.TokenEndpoint = settings.Token;
        options.ClientId = settings.ClientId;
        options.ClientSecret = secret.File.Value.Current; // only asked for being there: SignInHandler sends the one that counts
        options.CallbackPath = IdentityExtensions.CallbackPath;
        options.SignInScheme = IdentityExtensions.SessionScheme;
        options.EventsType = typeof(SignInEvents);
        options.UsePkce = true;
        options.SaveTokens = false;
        options.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);

        options.Scope.Clear();
        // All memberships: with two of them nobody may choose, the person is refused.
        foreach (var scope in (string[])["openid", "profile", "email", "organization:*"])
        {
            options.Scope.Add(scope);
        }

        options.CorrelationCookie = new CookieBuilder
        {
            Name = IdentityExtensions.SignInCookie,
            Path = "/",
            HttpOnly = true,
            SecurePolicy = CookieSecurePolicy.Always,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
        };
    }
}
