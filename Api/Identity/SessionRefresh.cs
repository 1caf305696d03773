using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Identity;

/// <summary>Renews a session's access token before it runs out, once for all requests that find it so.</summary>
internal sealed class SessionRefresh(SessionStore sessions, KeycloakClient keycloak, AuditLog audit, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    /// <returns>The session with tokens that hold, or null where Keycloak no longer renews them.</returns>
    /// <exception cref="ProblemException">Keycloak is away.</exception>
    public async Task<Session?> EnsureFreshAsync(Session session, HttpContext context)
    {
        if (HoldsStill(session))
        {
            return session;
        }

        var hasRenewed = false;
        var current = await sessions.UpdateTokensAsync(session.Id, RenewOnceAsync, context.RequestAborted);
        if (hasRenewed)
        {
            await audit.WriteAsync(
                AuditEvent.Permitted(AuditKind.Refresh, context) with { Subject = session.Subject, SessionId = session.Id }, CancellationToken.None);
        }

        return current is not null && HoldsStill(current) ? current : null;

        async Task<SessionTokens?> RenewOnceAsync(Session locked)
        {
            var tokens = await RenewAsync(locked);
            hasRenewed = tokens is not null;
            return tokens;
        }
    }

    private async Task<SessionTokens?> RenewAsync(Session session)
    {
        if (HoldsStill(session) || session.Tokens.Refresh is not { } refresh)
        {
            return null;
        }

        var now = time.GetUtcNow();
        using var answer = await keycloak.RequestTokensAsync(
            new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh }, CancellationToken.None);
        return answer is null ? null : SessionTokens.Read(answer.RootElement, now, session.Tokens);
    }

    private bool HoldsStill(Session session) => session.Tokens.AccessExpiresAt - time.GetUtcNow() > Margin;
}
