using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Identity;

/// <summary>
/// Stands before the OAuth handler's callback. Refuses answers that do not name our issuer (RFC 9207), and hides the
/// session cookie, so that a sign-in always makes a new session and never takes over a planted one.
/// </summary>
internal sealed class SignInGuard(RequestDelegate next, KeycloakSettings settings, SignInLimit limit, RefusalAudit audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path != IdentityExtensions.CallbackPath)
        {
            await next(context);
            return;
        }

        context.NameSpan(IdentityExtensions.CallbackPath);
        if (context.Request.Query["iss"] != settings.IssuerText)
        {
            await audit.WriteAsync(AuditEvent.Refused(AuditKind.SignIn, Problems.InvalidIssuer.Slug, context), context.RequestAborted);
            await Problems.InvalidIssuer.WriteAsync(context);
            return;
        }

        if (limit.IsReached(context))
        {
            await audit.WriteAsync(AuditEvent.Refused(AuditKind.SignIn, Problems.TooManySignIns.Slug, context), context.RequestAborted);
            await Problems.TooManySignIns.WriteAsync(context);
            return;
        }

        HideSession(context.Request);
        await next(context);
    }

    // The framework finds cookies whatever the case of their names; a browser's __Host- rule may be exact.
    private static void HideSession(HttpRequest request)
    {
        var others = CookieHeaderValue.ParseList([.. request.Headers.Cookie.OfType<string>()])
            .Where(cookie => !cookie.Name.StartsWith(IdentityExtensions.SessionCookie, StringComparison.OrdinalIgnoreCase)
                || cookie.Name.StartsWith(IdentityExtensions.SignInCookie, StringComparison.Ordinal));
        request.Headers.Cookie = string.Join("; ", others.Select(cookie => cookie.ToString()));
    }
}
