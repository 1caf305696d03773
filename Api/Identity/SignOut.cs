using EmbedStack.Api.Audit;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Http;
using EmbedStack.Api.Revocations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace EmbedStack.Api.Identity;

/// <summary>
/// Ends the session here, its guest tokens and the session at Keycloak, and says where the browser goes next: to Keycloak, which forgets its own
/// cookie and leads back to the application.
/// </summary>
internal static partial class SignOut
{
    public static async Task<Ok<Answer>> HandleAsync(
        HttpContext context, KeycloakClient keycloak, KeycloakSettings settings, Origins origins, RevocationStore revocations, AuditLog audit,
        ILogger<Answer> logger)
    {
        var (home, forget) = (origins.App.AbsoluteUri, EdgeRoutes.ForgetAt(origins).AbsoluteUri);
        var result = await AuthenticateAsync(context);
        if (result is not { Properties: { } properties } || Session.Of(properties) is not { } session)
        {
            return TypedResults.Ok(new Answer(home, forget));
        }

        await audit.WriteAsync(session.About(AuditEvent.Permitted(AuditKind.SignOut, context)), CancellationToken.None);
        await revocations.RevokeSessionAsync(session.Id, CancellationToken.None);
        await context.SignOutAsync(IdentityExtensions.SessionScheme);
        try
        {
            if (session.Tokens.Refresh is { } refresh)
            {
                await keycloak.EndSessionAsync(refresh, CancellationToken.None);
            }
        }
        catch (ProblemException exception)
        {
            LogLeft(logger, exception.GetBaseException().Message);
        }

        return TypedResults.Ok(new Answer(session.Tokens.Id is { } hint ? AtKeycloak(settings, hint, home) : home, forget));
    }

    private static Task<AuthenticateResult> AuthenticateAsync(HttpContext context) =>
        context.AuthenticateAsync(IdentityExtensions.SessionScheme);

    private static string AtKeycloak(KeycloakSettings settings, string hint, string home) =>
        QueryHelpers.AddQueryString(settings.EndSession, new Dictionary<string, string?>
        {
            ["id_token_hint"] = hint,
            ["client_id"] = settings.ClientId,
            ["post_logout_redirect_uri"] = home,
        });

    [LoggerMessage(LogLevel.Warning, "Signed out here; at Keycloak the browser must finish it: {Cause}")]
    private static partial void LogLeft(ILogger logger, string cause);

    /// <summary>Where the browser goes, and what it is to load in a frame before: there it forgets what dashboards kept in it.</summary>
    internal sealed record Answer(string Redirect, string Forget);
}
