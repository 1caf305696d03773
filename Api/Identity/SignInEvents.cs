using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace EmbedStack.Api.Identity;

/// <summary>Audits how sign-ins end; a failed one leads back to the application instead of an error page.</summary>
internal sealed partial class SignInEvents(AuditLog audit, RefusalAudit refusals, SignInLimit limit, SignInRate rate, PersonResolver persons, ILogger<SignInEvents> logger) : OAuthEvents
{
    public const string FailedPath = "/?signin=failed";

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var signedIn = SignedIn.Of(context.Properties!)!;
        var found = await persons.ResolveAsync(signedIn, context.HttpContext.RequestAborted);
        if (!rate.Allows(signedIn.Subject))
        {
            await refusals.WriteAsync(
                found.About(AuditEvent.Refused(AuditKind.SignIn, Problems.TooManySignIns.Slug, context.HttpContext)), context.HttpContext.RequestAborted);
            context.Response.Redirect(FailedPath);
            context.HandleResponse();
            return;
        }

        (Session.Of(context.Properties!)! with { Tenant = found.Tenant, Role = found.Role }).AttachTo(context.Properties!);
        await audit.WriteAsync(found.About(AuditEvent.Permitted(AuditKind.SignIn, context.HttpContext)), CancellationToken.None); // from here on it ends
    }

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        limit.CountRefusal(context.HttpContext);
        LogFailure(context.Failure?.GetBaseException().Message);
        await refusals.WriteAsync(AuditEvent.Refused(AuditKind.SignIn, "remote-failure", context.HttpContext), context.HttpContext.RequestAborted);
        context.Response.Redirect(FailedPath);
        context.HandleResponse();
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in failed: {Cause}")]
    private partial void LogFailure(string? cause);
}
