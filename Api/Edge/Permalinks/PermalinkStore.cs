using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Edge.Permalinks;

/// <summary>
/// Pages' states in Postgres. A tenant's are nobody else's: Superset itself keeps guests' without an owner, and one
/// tenant's key opens for another.
/// </summary>
internal sealed class PermalinkStore(NpgsqlDataSource database)
{
    private const int MostOfATenant = 10_000;
    private const int MostOfAPerson = 500;

    // A state that is kept is found again, however many there are. For a new one goes what its maker has not used for longest
    // beyond the own share; where the tenant has no room left, the same of whoever has most: nobody makes it too small for others.
    private const string Add = """
        with used as (
            update api.permalinks set used_at = now() where key = $1 returning key
        ), gone as (
            delete from api.permalinks where not exists (select from used) and key in (
                (select key from api.permalinks where tenant = $2 and subject = $5 order by used_at desc, key offset $6)
                union
                (select key from (
                    select key, used_at, count(*) over (partition by subject) as own, count(*) over () as together from api.permalinks where tenant = $2) counted
                 where together >= $7 order by own desc, used_at, key limit 1))
        ), added as (
            insert into api.permalinks (key, tenant, dashboard, state, subject)
            select $1, $2, $3, $4, $5
            where not exists (select from used)
            on conflict (key) do update set used_at = now()
        )
        select 1
        """;

    private const string Use = """
        update api.permalinks set used_at = now() where key = $1 and tenant = $2 and dashboard = any ($3)
        returning dashboard, state
        """;

    /// <returns>The key, the same one for the same state, whoever of the tenant makes it.</returns>
    public async Task<string> AddAsync(EdgeGuest guest, Dashboard dashboard, string state, CancellationToken cancellationToken)
    {
        var text = $"{guest.Tenant}\n{dashboard.EmbeddedUuid}\n{state}";
        var key = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        await database.ExecuteAsync(
            Add, [key, guest.Tenant, dashboard.EmbeddedUuid, state, guest.Subject, MostOfAPerson - 1, MostOfATenant], cancellationToken);
        return key;
    }

    /// <returns>The dashboard's embedded id and the state; null where there is none of this tenant's for these dashboards.</returns>
    public async Task<(Guid Dashboard, string State)?> FindAsync(
        string key, string tenant, IReadOnlyList<Dashboard> dashboards, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync(
            Use, [key, tenant, dashboards.Select(dashboard => dashboard.EmbeddedUuid).ToArray()],
            row => (row.GetGuid(0), row.GetString(1)), cancellationToken);
        return rows is [var found] ? found : null;
    }

    public Task RemoveUnusedAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync("delete from api.permalinks where used_at < now() - interval '1 year'", [], cancellationToken);
}
