using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Dashboards.Switches;

/// <summary>When dashboards were switched on and off. Who did it is told by the audit, as a pseudonym.</summary>
internal sealed class DashboardSwitchHistory(ReadersDatabase readers)
{
    private const string Page = """
        select version, changed_at, key, enabled, (
            select person from audit.events
            where kind = 'entitlement_change' and outcome = 'allowed' and split_part(reason, ' ', 1) = 'switch#' || version
                and day between (changed_at at time zone 'UTC')::date - 1 and (changed_at at time zone 'UTC')::date + 1
                and at between changed_at - interval '1 minute' and changed_at + interval '1 minute'
            limit 1)
        from api.dashboard_switches where version < $1 order by version desc limit $2
        """;

    /// <param name="before">The number of the version before which to begin.</param>
    /// <param name="limit">Most versions in the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DashboardSwitchVersions> ReadAsync(long before, int limit, CancellationToken cancellationToken)
    {
        var rows = await readers.Source.QueryAsync(Page, [before, limit + 1], Read, cancellationToken);
        var page = rows.Take(limit).ToArray();
        return new(page, rows.Count > page.Length ? page[^1].Version : null);
    }

    private static DashboardSwitchVersions.Entry Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.IsDBNull(4) ? null : row.GetGuid(4), row.GetString(2), row.GetBoolean(3));
}
