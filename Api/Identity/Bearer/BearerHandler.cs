using System.Security.Claims;
using System.Text.Encodings.Web;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EmbedStack.Api.Identity.Bearer;

/// <summary>Lets in who shows an access token of the realm that was made for this Api and that Keycloak still vouches for.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, BearerVerdicts verdicts, RefusalAudit audit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerRequest.Token(Request) is not { } token
            || await verdicts.GetAsync(token, Context) is not { Active: true } facts)
        {
            return AuthenticateResult.Fail("The token is not valid here.");
        }

        Context.Features.Set(new SignedIn(BearerSession.IdOf(facts.Subject), facts));
        var identity = new ClaimsIdentity([new(SessionClaims.Subject, facts.Subject)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new(identity), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await audit.WriteAsync(AuditEvent.Refused(AuditKind.Access, Problems.InvalidToken.Slug, Context), Context.RequestAborted);
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        await Problems.InvalidToken.WriteAsync(Context);
    }
}
