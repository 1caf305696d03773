using System.Security.Cryptography;
using EmbedStack.Api.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace EmbedStack.Api.Audit;

/// <summary>
/// The keys of those who stand in the audit, sealed by the data-protection keys: a copy of the database reads nothing.
/// They are asked for anew each time, since one that was erased must not be used again.
/// </summary>
internal sealed partial class AuditKeys(IDataProtectionProvider protection, ILogger<AuditKeys> logger)
{
    private const string Find = """
        select wanted.kind, wanted.name, keys.id, keys.key, erased.at
        from (select kind, name, audit.lookup(kind, name) as lookup from unnest($1::text[], $2::text[]) named (kind, name)) wanted
        left join audit.keys using (lookup) left join audit.erased using (lookup)
        """;

    private const string Add = """
        insert into audit.keys (kind, lookup, key)
        select kind, audit.lookup(kind, name), key from unnest($1::text[], $2::text[], $3::bytea[], $4::timestamptz[]) added (kind, name, key, since)
        where not exists (select from audit.erased where erased.lookup = audit.lookup(kind, name) and erased.at >= since)
        on conflict (lookup) do nothing
        """;

    private readonly IDataProtector _protector = protection.CreateProtector("EmbedStack.Audit.Key.v1");

    /// <summary>The keys of these, made where there are none and nobody was erased.</summary>
    public async Task<FoundKeys> GetAsync(NpgsqlConnection connection, IEnumerable<AuditActor> actors, CancellationToken cancellationToken)
    {
        var latest = actors.GroupBy(actor => actor.Name).ToDictionary(group => group.Key, group => group.Max(actor => actor.MakesKnownAfter));
        var found = await FindAsync(connection, latest.Keys, cancellationToken);
        var missing = latest.Where(name => found.Lacks(name.Key)).ToArray();
        if (missing.Length == 0)
        {
            return found;
        }

        AuditKeyName[] names = [.. missing.Select(name => name.Key)];
        await connection.ExecuteAsync(
            Add,
            [
                Kinds(names), Names(names), names.Select(_ => _protector.Protect(AuditKey.NewSecret())).ToArray(),
                missing.Select(name => name.Value.ToUniversalTime()).ToArray(),
            ],
            cancellationToken);
        return await FindAsync(connection, latest.Keys, cancellationToken);
    }

    /// <summary>The keys that are still there.</summary>
    public async Task<IReadOnlyDictionary<Guid, AuditKey>> GetAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            "select id, key from audit.keys where id = any($1)", [ids],
            row => new AuditKey(row.GetGuid(0), Unseal(row.GetGuid(0), (byte[])row[1])), cancellationToken);
        return rows.ToDictionary(key => key.Id);
    }

    private async Task<FoundKeys> FindAsync(
        NpgsqlConnection connection, IReadOnlyCollection<AuditKeyName> names, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            Find, [Kinds(names), Names(names)],
            row => (
                Name: new AuditKeyName(row.GetString(0), row.GetString(1)),
                Key: row.IsDBNull(2) ? null : new AuditKey(row.GetGuid(2), Unseal(row.GetGuid(2), (byte[])row[3])),
                ErasedAt: row.GetOrNull<DateTimeOffset>(4)),
            cancellationToken);
        return new FoundKeys(rows.ToDictionary(row => row.Name, row => (row.Key, row.ErasedAt)));
    }

    private byte[]? Unseal(Guid id, byte[] key)
    {
        try
        {
            return _protector.Unprotect(key);
        }
        catch (CryptographicException exception)
        {
            // Who it was is still told; nothing waits for a key ring that was lost.
            LogUnreadable(id, exception.Message);
            return null;
        }
    }

    private static string[] Kinds(IEnumerable<AuditKeyName> names) => [.. names.Select(name => name.Kind)];

    private static string[] Names(IEnumerable<AuditKeyName> names) => [.. names.Select(name => name.Name)];

    [LoggerMessage(LogLevel.Error, "The audit's key {Id} cannot be read: {Cause}")]
    private partial void LogUnreadable(Guid id, string cause);
}
