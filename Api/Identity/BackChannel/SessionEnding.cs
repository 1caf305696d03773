using EmbedStack.Api.Audit;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Revocations;
using Npgsql;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>Ends the sessions that Keycloak has ended, with the guest tokens that were made in them.</summary>
internal sealed class SessionEnding(NpgsqlDataSource database, RevocationSource source, AuditLog audit)
{
    // All or nothing: a token that was taken without ending anything could not be sent again.
    private const string Take = $"""
        with taken as (
            insert into api.logout_tokens (jti, expires_at) values ($1, $2) on conflict do nothing returning jti
        ), ended as (
            delete from api.sessions
            where exists (select from taken) and case when $3::text is null then subject = $4::text else keycloak_sid = $3::text end
            returning {EndedSession.Columns}
        ), revoked as (
            {RevocationStore.RevokeEnded}
        )
        select {EndedSession.Columns} from ended union all select null, null, null, null from taken
        """;

    /// <returns>False where the token was used before.</returns>
    public async Task<bool> TakeAsync(LogoutToken token, HttpContext context, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync(
            Take, [token.Id, token.ExpiresAt.ToUniversalTime(), token.Session, token.Subject],
            row => row.IsDBNull(0) ? null : EndedSession.Read(row),
            cancellationToken);
        var ended = rows.OfType<EndedSession>().ToList();
        await source.RefreshAsync();
        foreach (var session in ended)
        {
            await audit.WriteAsync(
                session.About(AuditEvent.Permitted(AuditKind.SessionEnded, context) with { Reason = "ended-at-keycloak" }), cancellationToken);
        }

        return rows.Count > 0;
    }
}
