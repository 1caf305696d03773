using System.Text.Json;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>The grants in Postgres, which all instances share.</summary>
internal sealed class EdgeGrantStore(NpgsqlDataSource database)
{
    private const string Insert = """
        insert into api.edge_grants (id, session_id, subject, tenant, role, staff_id, attributes, dashboards, issued_at, expires_at)
        values ($1, $2, $3, $4, $5, $6::text, $7::jsonb, $8, $9, $10)
        """;

    private const string Select = """
        select id, session_id, subject, tenant, role, staff_id, attributes::text, dashboards, issued_at, expires_at
        from api.edge_grants where id = $1
        """;

    private const string Open = """
        select exists (
            select from api.edge_grants
            where session_id = $1 and subject = $2 and tenant = $3 and dashboards @> $4 and expires_at > $5 and revoked_at is null)
        """;

    public Task AddAsync(EdgeGrant grant, CancellationToken cancellationToken) => database.ExecuteAsync(
        Insert,
        [
            grant.Id, grant.SessionId, grant.Subject, grant.Tenant, grant.Role, grant.StaffId, JsonSerializer.Serialize(grant.Attributes),
            grant.Dashboards.ToArray(), grant.IssuedAt, grant.ExpiresAt,
        ],
        cancellationToken);

    public async Task<EdgeGrant?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await database.QueryAsync(Select, [id], Read, cancellationToken)).SingleOrDefault();

    /// <summary>Whether somebody looks at these dashboards already: a token of the same session for them still holds.</summary>
    public async Task<bool> IsOpenAsync(EdgeGrant grant, CancellationToken cancellationToken) => (await database.QueryAsync(
        Open, [grant.SessionId, grant.Subject, grant.Tenant, grant.Dashboards.ToArray(), grant.IssuedAt], row => row.GetBoolean(0), cancellationToken)) is [true];

    public Task RemoveExpiredAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync("delete from api.edge_grants where expires_at < now()", [], cancellationToken);

    private static EdgeGrant Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(6))!, row.GetFieldValue<string[]>(7),
        row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9));
}
