using EmbedStack.Api.Http;

namespace EmbedStack.Api.Identity;

/// <summary>Renews a session's access token before it runs out, once for all requests that find it so.</summary>
internal sealed class SessionRefresh(SessionStore sessions, KeycloakClient keycloak, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    /// <returns>The session with tokens that hold, or null where Keycloak no longer renews them.</returns>
    /// <exception cref="ProblemException">Keycloak is away.</exception>
    public async Task<Session?> EnsureFreshAsync(Session session, CancellationToken cancellationToken)
    {
        if (HoldsStill(session))
        {
            return session;
        }

        var current = await sessions.UpdateTokensAsync(session.Id, RenewAsync, cancellationToken);
        return current is not null && HoldsStill(current) ? current : null;
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
