using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Revocations;

/// <summary>Refuses persons: their sessions end, their guest tokens too, and nobody lets them in until that is lifted.</summary>
internal sealed class PersonRevocations(NpgsqlDataSource database, RevocationSource source, RevocationStore revocations)
{
    /// <summary>The tenant that a person was last seen in, or null.</summary>
    public async Task<string?> TenantOfAsync(string subject, CancellationToken cancellationToken) =>
        (await database.QueryAsync("select tenant from api.persons where subject = $1", [subject], row => row.GetString(0), cancellationToken))
            .SingleOrDefault();

    /// <summary>Whose session this is, or null.</summary>
    public async Task<string?> OwnerAsync(Guid session, CancellationToken cancellationToken) =>
        (await database.QueryAsync("select subject from api.sessions where id = $1", [session], row => row.GetString(0), cancellationToken))
            .SingleOrDefault();

    public async Task RevokeAsync(string subject, string? tenant, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            "insert into api.revoked_persons (subject, tenant) values ($1, $2::text) on conflict (subject) do update set revoked_at = now()",
            [subject, tenant], cancellationToken);
        var sessions = await database.QueryAsync(
            "delete from api.sessions where subject = $1 returning id", [subject], row => row.GetGuid(0), cancellationToken);
        await revocations.RevokeSessionsAsync([.. sessions, BearerSession.IdOf(subject)], cancellationToken);
    }

    public async Task EndSessionAsync(Guid session, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("delete from api.sessions where id = $1", [session], cancellationToken);
        await revocations.RevokeSessionAsync(session, cancellationToken);
    }

    /// <returns>False where the person was not refused.</returns>
    public async Task<bool> LiftAsync(string subject, CancellationToken cancellationToken)
    {
        var lifted = await database.ExecuteAsync("delete from api.revoked_persons where subject = $1", [subject], cancellationToken);
        // What stands for a session of callers with a token is the same again afterwards.
        await database.ExecuteAsync(
            "delete from shared.revocations where kind = 'session' and value = $1", [RevocationSet.SessionValue(BearerSession.IdOf(subject))], cancellationToken);
        await source.RefreshAsync(cancellationToken);
        return lifted > 0;
    }

    public Task<List<(string Subject, string? Tenant, DateTimeOffset RevokedAt)>> ListAsync(string? tenant, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "select subject, tenant, revoked_at from api.revoked_persons where $1::text is null or tenant = $1 order by revoked_at desc limit 1000",
            [tenant],
            row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)),
            cancellationToken);
}
