using System.Collections.Concurrent;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Identity;

/// <summary>Renews a session's access token before it runs out, once for all requests that find it so.</summary>
internal sealed class SessionRefresh(
    SessionStore sessions, KeycloakClient keycloak, KeycloakSettings settings, AuditLog audit, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    // A Keycloak that hangs must not take all database connections with it.
    private const int Most = 16;

    private readonly SemaphoreSlim _places = new(Most, Most);
    private readonly ConcurrentDictionary<Guid, Lazy<Task<Session?>>> _running = new();
    private volatile Refused? _refused;

    /// <param name="session">The session as it was read.</param>
    /// <param name="renewed">What the audit is told if its tokens are renewed.</param>
    /// <param name="cancellationToken">Ends the wait, not the renewal.</param>
    /// <returns>The session with tokens that hold, or null where Keycloak no longer renews them.</returns>
    /// <exception cref="ProblemException">Keycloak is away.</exception>
    public async Task<Session?> EnsureFreshAsync(Session session, AuditEvent renewed, CancellationToken cancellationToken)
    {
        if (HoldsStill(session))
        {
            return session;
        }

        // One database connection for all who wait, however slow Keycloak is; the row's lock is between instances.
        var renewal = _running
            .GetOrAdd(session.Id, id => new(() => Task.Run(() => RenewSharedAsync(id, renewed), CancellationToken.None))).Value;
        try
        {
            // Given up, the refresh token would be spent for nothing: it goes on, whoever has gone. Meanwhile the token in
            // hand does, while it holds.
            await renewal.WaitAsync(Wait, time, cancellationToken);
        }
        catch (TimeoutException) when (!renewal.IsCompleted && session.Tokens.AccessExpiresAt > time.GetUtcNow())
        {
            return session;
        }
        catch (TimeoutException)
        {
        }

        return await renewal.WaitAsync(cancellationToken) is { } current && HoldsStill(current) ? current : null;
    }

    public void Dispose() => _places.Dispose();

    private async Task<Session?> RenewSharedAsync(Guid id, AuditEvent renewed)
    {
        await _places.WaitAsync();
        try
        {
            if (_refused is { } refused && time.GetUtcNow() < refused.Until)
            {
                throw new ProblemException(refused.Cause.Problem, refused.Cause);
            }

            return await RenewLockedAsync(id, renewed);
        }
        catch (ProblemException cause) when (cause.Problem.Slug == Problems.IdentityUnavailable.Slug && cause.InnerException is not ProblemException)
        {
            _refused = new Refused(time.GetUtcNow() + Pause, cause);
            throw;
        }
        finally
        {
            _places.Release();
            _running.TryRemove(id, out _);
        }
    }

    private async Task<Session?> RenewLockedAsync(Guid id, AuditEvent renewed)
    {
        AuditEvent? outcome = null;
        try
        {
            return await sessions.UpdateTokensAsync(id, PatienceForOthers, RenewOnceAsync, CancellationToken.None);
        }
        catch (Exception stopped) when (outcome is not null)
        {
            outcome = renewed with { Allowed = false, Reason = AuditReason.Of(stopped) };
            throw;
        }
        finally
        {
            // Where another instance was faster there is nothing to tell.
            if (outcome is not null)
            {
                await audit.WriteAsync(outcome, CancellationToken.None);
            }
        }

        async Task<SessionTokens?> RenewOnceAsync(Session locked)
        {
            if (HoldsStill(locked) || locked.Tokens.Refresh is null)
            {
                return null;
            }

            outcome = renewed;
            var tokens = await RenewAsync(locked);
            outcome = tokens is null ? renewed with { Allowed = false, Reason = AuditReason.RefusedByKeycloak } : renewed;
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

    // While the client's secret rotates, the endpoint may be asked twice.
    private TimeSpan PatienceForOthers => settings.TokenPatience * 2 + Wait;

    private bool HoldsStill(Session session) => session.Tokens.AccessExpiresAt - time.GetUtcNow() > Margin;

    /// <summary>Keycloak was away: nobody asks again until then.</summary>
    private sealed record Refused(DateTimeOffset Until, ProblemException Cause);
}
