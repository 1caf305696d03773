using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>Superset's guest tokens in Postgres, encrypted, under their keys.</summary>
internal sealed class SupersetTokenStore(NpgsqlDataSource database, IDataProtectionProvider protection)
{
    private const string Upsert = """
        insert into api.superset_tokens as stored (key_hash, token, signed_at, expires_at) values ($1, $2, $3, $4)
        on conflict (key_hash) do update set token = excluded.token, signed_at = excluded.signed_at, expires_at = excluded.expires_at
        where stored.signed_at < excluded.signed_at
        """;

    private readonly IDataProtector _protector = protection.CreateProtector("EmbedStack.Edge.SupersetToken.v1");

    /// <param name="key">Its <see cref="GuestTokenKey"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token, or null where there is none that can be read.</returns>
    public async Task<GuestToken?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync(
            "select token, signed_at, expires_at from api.superset_tokens where key_hash = $1",
            [Convert.FromHexString(key)],
            row => (Token: row.GetFieldValue<byte[]>(0), SignedAt: row.GetFieldValue<DateTimeOffset>(1), ExpiresAt: row.GetFieldValue<DateTimeOffset>(2)),
            cancellationToken);
        return rows is [var found] && Unprotect(key, found.Token) is { } text ? new GuestToken(text, found.SignedAt, found.ExpiresAt) : null;
    }

    public Task SaveAsync(string key, GuestToken token, CancellationToken cancellationToken) => database.ExecuteAsync(
        Upsert,
        [Convert.FromHexString(key), _protector.CreateProtector(key).Protect(Encoding.UTF8.GetBytes(token.Text)), token.SignedAt.ToUniversalTime(), token.ExpiresAt.ToUniversalTime()],
        cancellationToken);

    public Task RemoveExpiredAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync("delete from api.superset_tokens where expires_at < now()", [], cancellationToken);

    // A key ring that lost its key costs a new token and nothing else; so does a token that stands in another one's row.
    private string? Unprotect(string key, byte[] token)
    {
        try
        {
            return Encoding.UTF8.GetString(_protector.CreateProtector(key).Unprotect(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
