using EmbedStack.Api.Audit;
using EmbedStack.Api.Revocations;

namespace EmbedStack.Api.Identity;

/// <summary>
/// Ends sessions that Keycloak vouches for no longer, with their guest tokens: one that is over by itself; where Keycloak says
/// something else of the person than at the sign-in, all of the person.
/// </summary>
internal sealed class SessionTermination(RevocationStore revocations, AuditLog audit)
{
    /// <summary>Begun, it ends: whoever hangs up keeps nothing.</summary>
    /// <param name="session">Whose end was noticed.</param>
    /// <param name="verdict">What Keycloak says now.</param>
    /// <param name="noticed">The request that noticed it, if it was the session's own.</param>
    /// <returns>Whether it was there until now.</returns>
    public async Task<bool> EndAsync(Session session, Introspection verdict, HttpContext? noticed)
    {
        var reason = verdict.Active ? "changed" : "inactive";
        var refusal = noticed is null ? null : AuditEvent.Refused(AuditKind.SessionEnded, reason, noticed);
        var ended = verdict.Active
            ? await revocations.EndSessionsAsync(session.Subject, session.Id, CancellationToken.None)
            : await revocations.EndSessionAsync(session.Id, CancellationToken.None);
        await audit.WriteEndedAsync(ended.Select(one => refusal is not null && one.Id == session.Id ? one.About(refusal) : one.Because(reason)));
        return ended.Exists(one => one.Id == session.Id);
    }
}
