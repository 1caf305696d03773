using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>
/// Takes Keycloak's word that a session has ended there (OpenID Connect Back-Channel Logout 1.0). Anybody can send to
/// it: the token alone counts.
/// </summary>
internal static class BackChannelLogout
{
    public const string Path = "/bff/backchannel-logout";
    private const string Field = "logout_token";

    public static async Task<Results<Ok, ProblemHttpResult>> HandleAsync(
        HttpContext context, LogoutTokenReader reader, LogoutLimit limit, SessionEnding sessions, RefusalAudit audit)
    {
        if (await TokenOfAsync(context.Request) is not { } text
            || await reader.ReadAsync(text, context.RequestAborted) is not { } token
            // Once begun it ends: Keycloak does not ask twice.
            || !await sessions.TakeAsync(token, context, CancellationToken.None))
        {
            // Keycloak may come from the same address as those: only what is refused counts and is held back.
            if (limit.IsReached(context))
            {
                throw new ProblemException(Problems.TooManyLogouts);
            }

            limit.CountRefusal(context);
            await audit.WriteAsync(AuditEvent.Refused(AuditKind.SessionEnded, Problems.InvalidLogoutToken.Slug, context), context.RequestAborted);
            return Problems.InvalidLogoutToken.ToResult();
        }

        return TypedResults.Ok();
    }

    private static async Task<string?> TokenOfAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form[Field] is [{ Length: > 0 } token] ? token : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
