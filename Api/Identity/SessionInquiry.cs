using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Identity;

/// <summary>Asks Keycloak about a session in use, and ends it where Keycloak vouches for it no longer.</summary>
internal sealed class SessionInquiry(SessionRefresh refresh, SessionVerdicts verdicts, SessionTermination termination, SessionReview review)
{
    /// <summary>What Keycloak says now, or said last where it is away.</summary>
    /// <param name="session">The session as it was read.</param>
    /// <param name="renewed">What the audit is told if its tokens are renewed.</param>
    /// <param name="take">Is given the session with tokens that hold.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="ahead">From what age on a verdict is asked for again while it still holds.</param>
    /// <exception cref="ProblemException">Keycloak is away, and has been for too long.</exception>
    public async Task<Introspection> AskAsync(
        Session session, AuditEvent renewed, Action<Session>? take, CancellationToken cancellationToken, TimeSpan? ahead = null)
    {
        try
        {
            if (await refresh.EnsureFreshAsync(session, renewed, cancellationToken) is not { } fresh)
            {
                return Introspection.Inactive;
            }

            take?.Invoke(fresh);
            return await verdicts.GetAsync(fresh.Id, fresh.Tokens.Access, cancellationToken, ahead);
        }
        catch (ProblemException) when (verdicts.Last(session.Id) is { } last)
        {
            return last;
        }
    }

    /// <summary>Ends the session, and has the person's others looked at where Keycloak knows this one no longer.</summary>
    /// <param name="session">Whose end was noticed.</param>
    /// <param name="verdict">What Keycloak says now.</param>
    /// <param name="noticed">The request that noticed it, if it was the session's own.</param>
    public async Task EndAsync(Session session, Introspection verdict, HttpContext? noticed)
    {
        if (await termination.EndAsync(session, verdict, noticed) && !verdict.Active)
        {
            review.Doubt(session.Subject);
        }
    }
}
