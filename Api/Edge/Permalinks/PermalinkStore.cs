using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Dashboards;
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

    // A state that is kept is found again, however many there are.
    private const string Add = """
        with used as (
            update api.permalinks set used_at = now() where key = $1 returning key
        ), added as (
            insert into api.permalinks (key, tenant, dashboard, state)
            select $1, $2, $3, $4
            where not exists (select from used) and (select count(*) from api.permalinks where tenant = $2) < $5
            on conflict (key) do update set used_at = now()
            returning key
        )
        select key from used union all select key from added
        """;

    private const string Use = """
        update api.permalinks set used_at = now() where key = $1 and tenant = $2 and dashboard = any ($3)
        returning dashboard, state
        """;

    /// <returns>The key, the same one for the same state; null where the tenant has too many.</returns>
    public async Task<string?> AddAsync(string tenant, Dashboard dashboard, string state, CancellationToken cancellationToken)
    {
        var text = $"{tenant}\n{dashboard.EmbeddedUuid}\n{state}";
        var key = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        var kept = await database.QueryAsync(
            Add, [key, tenant, dashboard.EmbeddedUuid, state, MostOfATenant], row => row.GetString(0), cancellationToken);
        return kept.SingleOrDefault();
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
