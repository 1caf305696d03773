using System.Text.Json;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Revocations;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace EmbedStack.Api.Identity;

/// <summary>Sessions in Postgres: found by the hash of the cookie's key, their contents encrypted.</summary>
internal sealed class SessionStore(NpgsqlDataSource database, IDataProtectionProvider protection, SessionLimits limits)
{
    private const int MostOfAPerson = 100;

    // Beyond so many the oldest ends, with its guest tokens.
    private const string Add = $"""
        with added as (
            insert into api.sessions (key_hash, id, subject, keycloak_sid, ticket, tokens, expires_at, tenant, role, facts)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::bytea)
        ), ended as (
            delete from api.sessions where id in (select id from api.sessions where subject = $3 order by created_at desc offset $11)
            returning {EndedSession.Columns}
        ), revoked as (
            {RevocationStore.RevokeEnded}
        )
        select {EndedSession.Columns} from ended
        """;

    private const string Columns = "id, subject, tokens, tenant, role, facts";
    private readonly IDataProtector _tokens = protection.CreateProtector("EmbedStack.Session.Tokens.v1");
    private readonly IDataProtector _tickets = protection.CreateProtector("EmbedStack.Session.Ticket.v1");

    /// <returns>Those that ended for it.</returns>
    public Task<List<EndedSession>> AddAsync(
        byte[] keyHash, Session session, string? keycloakSession, byte[] ticket, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.QueryAsync(
            Add,
            [
                keyHash, session.Id, session.Subject, keycloakSession, _tickets.Protect(ticket), Protect(session.Tokens), expiresAt.ToUniversalTime(),
                session.Tenant, session.Role, session.Facts, MostOfAPerson - 1,
            ],
            EndedSession.Read,
            cancellationToken);

    public async Task<(Session Session, byte[] Ticket)?> FindAsync(byte[] keyHash, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync(
            $"select {Columns}, ticket from api.sessions where key_hash = $1 and expires_at > now() and created_at > now() - $2",
            [keyHash, limits.Absolute],
            row => (Read(row), _tickets.Unprotect((byte[])row[6])),
            cancellationToken);
        return rows.Count == 1 ? rows[0] : null;
    }

    /// <summary>A person's sessions that have not run out here.</summary>
    public Task<List<Session>> ReadAsync(string subject, CancellationToken cancellationToken) => database.QueryAsync(
        $"select {Columns} from api.sessions where subject = $1 and expires_at > now() and created_at > now() - $2",
        [subject, limits.Absolute], Read, cancellationToken);

    /// <returns>The session, or null where it is over.</returns>
    public async Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken) => (await database.QueryAsync(
        $"select {Columns} from api.sessions where id = $1 and expires_at > now() and created_at > now() - $2",
        [id, limits.Absolute], Read, cancellationToken)).SingleOrDefault();

    /// <summary>Moves the idle limit. The tokens stay as they are: another request may just have renewed them.</summary>
    public Task TouchAsync(byte[] keyHash, byte[] ticket, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "update api.sessions set ticket = $2, expires_at = $3, last_seen_at = now() where key_hash = $1",
            [keyHash, _tickets.Protect(ticket), expiresAt.ToUniversalTime()],
            cancellationToken);

    public Task RemoveAsync(byte[] keyHash, CancellationToken cancellationToken) =>
        database.ExecuteAsync("delete from api.sessions where key_hash = $1", [keyHash], cancellationToken);

    /// <summary>Deletes what has run out: sessions, logout tokens that could not be replayed any more, and whose people came by long ago.</summary>
    public Task RemoveExpiredAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            """
            with stale as (delete from api.logout_tokens where expires_at < now()),
            unseen as (
                delete from api.persons where seen_at < now() - interval '13 months'
                    and not exists (select from api.revoked_persons where revoked_persons.subject = persons.subject)
            )
            delete from api.sessions where expires_at < now() or created_at < now() - $1
            """,
            [limits.Absolute], cancellationToken);

    /// <summary>
    /// Renews the tokens with the row locked, so that of all requests on all instances one does it. Null from
    /// <paramref name="renew"/> leaves the row as it is.
    /// </summary>
    /// <param name="id">The session's id.</param>
    /// <param name="patience">How long another instance may hold the row.</param>
    /// <param name="renew">Renews what it is given.</param>
    /// <param name="cancellationToken">Ends the wait for the row.</param>
    public async Task<Session?> UpdateTokensAsync(
        Guid id, TimeSpan patience, Func<Session, Task<SessionTokens?>> renew, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(connection, id, patience, cancellationToken) is not { } session)
        {
            return null;
        }

        if (await renew(session) is { } tokens)
        {
            session = session with { Tokens = tokens };
            // The old refresh token is spent by now: the new one must be kept even if the caller has gone.
            await connection.ExecuteAsync(
                "update api.sessions set tokens = $2 where id = $1", [id, Protect(tokens)], CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }

        return session;
    }

    private async Task<Session?> LockAsync(NpgsqlConnection connection, Guid id, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from api.sessions where id = $1 for update", connection)
        {
            CommandTimeout = (int)patience.TotalSeconds, Parameters = { new() { Value = id } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row) : null;
    }

    private Session Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), JsonSerializer.Deserialize<SessionTokens>(_tokens.Unprotect((byte[])row[2]))!)
    {
        Tenant = row.Get<string>(3), Role = row.Get<string>(4), Facts = row.Get<byte[]>(5),
    };

    private byte[] Protect(SessionTokens tokens) => _tokens.Protect(JsonSerializer.SerializeToUtf8Bytes(tokens));
}
