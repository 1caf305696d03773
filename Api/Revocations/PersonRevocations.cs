using EmbedStack.Api.Identity;
using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Revocations;

/// <summary>
/// Refuses persons: their sessions end, their guest tokens too, and they are not let in until that is lifted: nowhere where
/// leadership refused them, into the tenant where its administrator did.
/// </summary>
internal sealed class PersonRevocations(NpgsqlDataSource database, RevocationSource source)
{
    // Each is one statement: a person who is refused, sessions that are gone and tokens that are revoked come together or not at all.
    private const string Revoke = $"""
        with refused as (
            insert into api.revoked_persons (subject, tenant, by_leadership) values ($1, $2::text, $3)
            on conflict (subject, scope) do update set revoked_at = now(), tenant = excluded.tenant
        ), gone as (
            delete from api.sessions where subject = $1 returning {EndedSession.Columns}
        ), ended as (
            select id from gone union all select $4::uuid
        ), revoked as (
            {RevocationStore.RevokeEnded}
        )
        select {EndedSession.Columns} from gone
        """;

    // Leadership's word takes clinics' with it; while it stands, a clinic's lifts nothing.
    private const string Liftable = """
        where subject = $1 and ($2::text is null or (scope = $2
            and not exists (select from api.revoked_persons leadership where leadership.subject = $1 and leadership.by_leadership)))
        """;

    // What stands for a session of callers with a token is the same again afterwards: only what was minted before stays refused.
    private const string Lift = $"""
        with lifted as (
            delete from api.revoked_persons {Liftable} returning subject
        ), kept as (
            update shared.revocations set revoked_at = now(), expires_at = now() + interval '20 minutes'
            where kind = 'session' and value = $3 and exists (select from lifted)
        )
        select count(*) from lifted
        """;

    // What leadership refused is told to the tenant that the person is in now.
    private const string List = """
        select subject, max(revoked_at) from api.revoked_persons refused left join api.persons using (subject)
        where $1::text is null or case when by_leadership then persons.tenant else refused.tenant end = $1
        group by subject order by max(revoked_at) desc limit 1000
        """;

    /// <summary>The tenant that a person was last seen in, or null.</summary>
    public async Task<string?> TenantOfAsync(string subject, CancellationToken cancellationToken) =>
        (await database.QueryAsync("select tenant from api.persons where subject = $1", [subject], row => row.GetString(0), cancellationToken))
            .SingleOrDefault();

    /// <summary>Whose session or browser's token this is; null where it is nobody's here, or something else.</summary>
    public async Task<string?> OwnerAsync(string kind, string value, CancellationToken cancellationToken)
    {
        var table = kind switch { RevocationKind.Session => "api.sessions", RevocationKind.Token => "api.edge_grants", _ => null };
        return table is not null && Guid.TryParseExact(value, "D", out var id)
            ? (await database.QueryAsync($"select subject from {table} where id = $1", [id], row => row.GetString(0), cancellationToken)).SingleOrDefault()
            : null;
    }

    /// <returns>The sessions that ended for it.</returns>
    public async Task<List<EndedSession>> RevokeAsync(string subject, string? tenant, bool byLeadership, CancellationToken cancellationToken)
    {
        var ended = await database.QueryAsync(
            Revoke, [subject, tenant, byLeadership, BearerSession.IdOf(subject)], EndedSession.Read, cancellationToken);
        await source.RefreshAsync();
        return ended;
    }

    /// <summary>Ends one token that a browser shows at the edge, for good.</summary>
    public async Task EndTokenAsync(Guid token, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("update api.edge_grants set revoked_at = now() where id = $1 and revoked_at is null", [token], cancellationToken);
        await source.RefreshAsync();
    }

    /// <param name="subject">The person.</param>
    /// <param name="tenant">Whose administrator asks; null for leadership.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the person is refused, by somebody whose word this caller can take back.</returns>
    public async Task<bool> IsRevokedAsync(string subject, string? tenant, CancellationToken cancellationToken) =>
        (await database.QueryAsync($"select 1 from api.revoked_persons {Liftable}", [subject, tenant], row => row.GetInt32(0), cancellationToken)).Count > 0;

    /// <param name="subject">The person.</param>
    /// <param name="tenant">Whose administrator lifts; null for leadership.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where the person was not refused there, or by leadership, whose word leadership alone takes back.</returns>
    public async Task<bool> LiftAsync(string subject, string? tenant, CancellationToken cancellationToken)
    {
        var lifted = await database.QueryAsync(
            Lift, [subject, tenant, RevocationSet.SessionValue(BearerSession.IdOf(subject))], row => row.GetInt64(0), cancellationToken);
        await source.RefreshAsync();
        return lifted is [> 0];
    }

    public Task<List<(string Subject, DateTimeOffset RevokedAt)>> ListAsync(string? tenant, CancellationToken cancellationToken) =>
        database.QueryAsync(
            List, [tenant],
            row => (row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)),
            cancellationToken);
}
