using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Identity.Bearer;

/// <summary>Refuses a session's cookie beside a token: nobody should have to guess which of the two counted.</summary>
internal sealed class CredentialsGuard(RequestDelegate next, RefusalAudit audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!BearerRequest.HasCredentials(context.Request) || !SessionCookies.AreSent(context.Request))
        {
            await next(context);
            return;
        }

        await audit.WriteAsync(AuditEvent.Refused(AuditKind.Access, Problems.TwoCredentials.Slug, context), context.RequestAborted);
        await Problems.TwoCredentials.WriteAsync(context);
    }
}
