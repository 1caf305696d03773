using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace EmbedStack.Api.Identity;

/// <summary>
/// Checks at every request that the session's person is still signed in at Keycloak, and still who signed in here. Else the
/// session ends, and the person's others are looked at.
/// </summary>
internal sealed class SessionValidation(SessionInquiry inquiry, RefusalAudit audit) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<UncheckedSession>() is not null)
        {
            return;
        }

        var session = Session.Of(context.Properties);
        var verdict = session is null ? Introspection.Inactive : await AskAsync(session, context);
        if (verdict.Active && session!.IsOf(verdict))
        {
            context.HttpContext.Features.Set(new SignedIn(session.Id, verdict));
            return;
        }

        if (session is not null)
        {
            await inquiry.EndAsync(session, verdict, context.HttpContext);
        }

        context.RejectPrincipal();
        context.HttpContext.Features.Set(new Ended());
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }

    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        // A cookie that is no session's, or no longer: the browser forgets it, so that it comes once.
        if (SessionCookies.AreSent(http.Request) && http.Features.Get<Ended>() is null)
        {
            await audit.WriteAsync(AuditEvent.Refused(AuditKind.Access, Problems.NotSignedIn.Slug, http), http.RequestAborted);
            await http.SignOutAsync(context.Scheme.Name);
        }

        await Problems.NotSignedIn.WriteAsync(http);
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        Problems.Forbidden.WriteAsync(context.HttpContext);

    private Task<Introspection> AskAsync(Session session, CookieValidatePrincipalContext context) => inquiry.AskAsync(
        session,
        session.About(AuditEvent.Permitted(AuditKind.Refresh, context.HttpContext)),
        fresh => fresh.AttachTo(context.Properties),
        context.HttpContext.RequestAborted);

    /// <summary>A session ended in this request, and has its row.</summary>
    private sealed class Ended;
}
