using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Dashboards.Entitlements;

/// <summary>What the entitlements were before and after each change. Who made it is told by the audit, as a pseudonym.</summary>
internal sealed class EntitlementHistory(ReadersDatabase readers)
{
    private const string Page = """
        select version, changed_at, correlation_id, before::text, after::text, (
            select person from audit.events
            where kind = 'entitlement_change' and outcome = 'allowed' and split_part(reason, ' ', 1) = '#' || version
                and day between (changed_at at time zone 'UTC')::date - 1 and (changed_at at time zone 'UTC')::date + 1
                and at between changed_at - interval '1 minute' and changed_at + interval '1 minute'
            limit 1)
        from api.entitlement_versions versions where version < $1 order by version desc limit $2
        """;

    /// <param name="before">The number of the version before which to begin.</param>
    /// <param name="limit">Most versions in the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<EntitlementVersions> ReadAsync(long before, int limit, CancellationToken cancellationToken)
    {
        var rows = await readers.Source.QueryAsync(Page, [before, limit + 1], Read, cancellationToken);
        var page = rows.Take(limit).ToArray();
        return new(page, rows.Count > page.Length ? page[^1].Version : null);
    }

    /// <returns>The entitlements as a change left them, or null where there is no such version.</returns>
    public async Task<EntitlementsDocument?> FindAsync(long version, CancellationToken cancellationToken) =>
        (await readers.Source.QueryAsync(
            "select after::text from api.entitlement_versions where version = $1", [version], row => EntitlementsDocument.Parse(row.GetString(0)), cancellationToken))
            .SingleOrDefault();

    private static EntitlementVersions.Entry Read(NpgsqlDataReader row)
    {
        var change = EntitlementsChange.Between(EntitlementsDocument.Parse(row.GetString(3)).ToEntitlements(), EntitlementsDocument.Parse(row.GetString(4)).ToEntitlements());
        return new(
            row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.IsDBNull(5) ? null : row.GetGuid(5), row.IsDBNull(2) ? null : row.GetString(2),
            change.Added, change.Removed, change.Altered);
    }
}
