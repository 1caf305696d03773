using EmbedStack.Api.Identity;
using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Revocations;

/// <summary>Writes revocations. Here they count from the next request on, on other instances and in Superset within a second.</summary>
internal sealed class RevocationStore(NpgsqlDataSource database, RevocationSource source)
{
    /// <summary>
    /// The part of a statement that revokes the sessions whose ids stand in its <c>ended</c>. A token that another
    /// instance is just making, not knowing yet, must not outlive the session: what is signed within the time that an
    /// instance may answer without word from Postgres is refused as well. The row outlasts every token.
    /// </summary>
    internal const string RevokeEnded = """
        insert into shared.revocations (kind, value, revoked_at, expires_at)
        select 'session', id::text, now() + interval '15 seconds', now() + interval '20 minutes' from ended
        on conflict (kind, value) do update set revoked_at = excluded.revoked_at, expires_at = excluded.expires_at
        """;

    private const string RevokeSession = $"with ended as (select $1::uuid as id) {RevokeEnded}";

    private const string EndSession = $"""
        with gone as (
            delete from api.sessions where id = $1 returning {EndedSession.Columns}
        ), ended as (
            select $1::uuid as id
        ), revoked as (
            {RevokeEnded}
        )
        select {EndedSession.Columns} from gone
        """;

    // Only a session that is still there says something of the person: one that was just signed out is over by itself.
    private const string EndSessions = $"""
        with noticed as (
            select from api.sessions where id = $2
        ), gone as (
            delete from api.sessions where subject = $1 and exists (select from noticed) returning {EndedSession.Columns}
        ), ended as (
            select $2::uuid as id union select id from gone union select $3::uuid where exists (select from noticed)
        ), revoked as (
            {RevokeEnded}
        )
        select {EndedSession.Columns} from gone
        """;

    // Issuers' tokens (JWT embedding) live a day at most.
    private const string Upsert = """
        insert into shared.revocations (kind, value, revoked_at, expires_at)
        values ($1, $2, now(), case when $3 then null else now() + interval '25 hours' end)
        on conflict (kind, value) do update set revoked_at = excluded.revoked_at,
            expires_at = case when shared.revocations.expires_at is null then null else excluded.expires_at end
        """;

    private const string Lift = """
        update shared.revocations set revoked_at = now(), expires_at = now() + interval '25 hours'
        where kind = $1 and value = $2 and expires_at is null
        """;

    /// <summary>Ends a session's guest tokens, for good.</summary>
    public Task RevokeSessionAsync(Guid session, CancellationToken cancellationToken) => WriteAsync(RevokeSession, [session], cancellationToken);

    /// <summary>Ends a session with its guest tokens.</summary>
    /// <returns>The session; none where it was gone already.</returns>
    public Task<List<EndedSession>> EndSessionAsync(Guid session, CancellationToken cancellationToken) => EndAsync(EndSession, [session], cancellationToken);

    /// <summary>
    /// Ends all sessions of a person and their guest tokens, those included that were minted for access tokens; where the
    /// session is gone already, its guest tokens alone.
    /// </summary>
    /// <param name="subject">The person.</param>
    /// <param name="session">The session by which it was noticed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that were there until now.</returns>
    public Task<List<EndedSession>> EndSessionsAsync(string subject, Guid session, CancellationToken cancellationToken) =>
        EndAsync(EndSessions, [subject, session, BearerSession.IdOf(subject)], cancellationToken);

    /// <summary>Refuses a tenant, a dashboard or everything.</summary>
    /// <param name="kind">One of <see cref="RevocationKind"/>, not a person; a session or a token only where it is an issuer's.</param>
    /// <param name="value">The tenant's or dashboard's key, or <see cref="RevocationKind.Everything"/>.</param>
    /// <param name="untilLifted">Else only what was minted up to now; what stands already goes on standing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task RevokeAsync(string kind, string value, bool untilLifted, CancellationToken cancellationToken) =>
        WriteAsync(Upsert, [kind, value, untilLifted], cancellationToken);

    /// <summary>Lets new tokens pass; what was minted before stays refused.</summary>
    /// <returns>False where nothing stood.</returns>
    public async Task<bool> LiftAsync(string kind, string value, CancellationToken cancellationToken) =>
        await WriteAsync(Lift, [kind, value], cancellationToken) > 0;

    /// <summary>Whether something is refused until that is lifted.</summary>
    public async Task<bool> StandsAsync(string kind, string value, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            "select 1 from shared.revocations where kind = $1 and value = $2 and expires_at is null", [kind, value], row => row.GetInt32(0), cancellationToken)).Count > 0;

    /// <summary>What was revoked here. Which tenants are disabled stands with the tenants.</summary>
    public Task<List<Revocation>> ListAsync(CancellationToken cancellationToken) => database.QueryAsync(
        """
        select kind, value, revoked_at, expires_at from shared.revocations
        where kind <> 'tenant_switch' and (expires_at is null or expires_at > now()) order by revoked_at desc limit 1000
        """,
        [],
        row => new Revocation(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3)),
        cancellationToken);

    private async Task<List<EndedSession>> EndAsync(string sql, object?[] values, CancellationToken cancellationToken)
    {
        var ended = await database.QueryAsync(sql, values, EndedSession.Read, cancellationToken);
        await source.RefreshAsync();
        return ended;
    }

    private async Task<int> WriteAsync(string sql, object?[] values, CancellationToken cancellationToken)
    {
        var rows = await database.ExecuteAsync(sql, values, cancellationToken);
        await source.RefreshAsync();
        return rows;
    }
}
