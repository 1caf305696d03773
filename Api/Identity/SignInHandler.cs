using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace EmbedStack.Api.Identity;

/// <summary>
/// The framework's OAuth handler with two changes: codes go through <see cref="KeycloakClient"/>, which knows the
/// rotating secret, and no ticket is made but from what introspection says.
/// </summary>
internal sealed class SignInHandler(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeycloakClient keycloak, TimeProvider time)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var grant = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
        };
        if (context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey, out var verifier))
        {
            grant["code_verifier"] = verifier!;
        }

        return await keycloak.RequestTokensAsync(grant, Context.RequestAborted) is { } answer
            ? OAuthTokenResponse.Success(answer)
            : OAuthTokenResponse.Failed(new AuthenticationFailureException("Keycloak refused the code."));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(
        System.Security.Claims.ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var now = time.GetUtcNow();
        var held = SessionTokens.Read(tokens.Response!.RootElement, now);
        var facts = await keycloak.IntrospectSessionAsync(held.Access, Context.RequestAborted);
        if (!facts.Active)
        {
            throw new AuthenticationFailureException("Keycloak does not vouch for the token it issued.");
        }

        identity.AddClaim(new(SessionClaims.Subject, facts.Subject));
        identity.AddClaim(new(SessionClaims.Name, facts.Name));
        if (facts.KeycloakSession is { } keycloakSession)
        {
            identity.AddClaim(new(SessionClaims.KeycloakSession, keycloakSession));
        }

        var session = new Session(Guid.NewGuid(), facts.Subject, held) { Facts = facts.Digest() };
        session.AttachTo(properties);
        new SignedIn(session.Id, facts).AttachTo(properties);
        return new AuthenticationTicket(new(identity), properties, Scheme.Name);
    }
}
