using EmbedStack.ClinicData.Stores;
using Npgsql;

namespace EmbedStack.Tenants.Records;

/// <summary>The tenants' records that Api and Superset read. Storage writes and deletes them; here they are switched on and off.</summary>
internal sealed class TenantRecords(ClinicServer server)
{
    public async Task<TenantRecord?> FindAsync(string key, CancellationToken cancellation)
    {
        await using var connection = await server.OpenSharedAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "select name, kind, isolation, database, schema, enabled from shared.tenants where key = $1", connection);
        command.Parameters.Add(new() { Value = key });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new TenantRecord(key, row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetBoolean(5))
            : null;
    }

    /// <summary>
    /// Takes a person out of what the Api keeps, and makes the pseudonym in the audit one that leads to nobody; may be repeated.
    /// </summary>
    /// <param name="subject">The person's id at Keycloak.</param>
    /// <param name="cancellation">Stops before it is done.</param>
    public Task ErasePersonAsync(string subject, CancellationToken cancellation) =>
        ExecuteAsync("select api.forget_person($1), audit.erase_person($1)", subject, cancellation);

    /// <summary>Lets the Api forget who was a tenant's; what is refused to people who live on elsewhere stays refused.</summary>
    public Task ForgetAsync(string key, CancellationToken cancellation) => ExecuteAsync("select api.forget_tenant($1)", key, cancellation);

    /// <summary>How many rows of the Api's are about a tenant's people or about those who were erased.</summary>
    public async Task<IReadOnlyList<Remainder>> CountRememberedAsync(string key, IEnumerable<string> erased, CancellationToken cancellation)
    {
        await using var connection = await server.OpenSharedAsync(cancellation);
        await using var command = new NpgsqlCommand("select place, remaining from api.remembered($1, $2)", connection);
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = erased.ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var places = new List<Remainder>();
        while (await row.ReadAsync(cancellation))
        {
            places.Add(new Remainder($"embedstack.api.{row.GetString(0)}", row.GetInt64(1)));
        }

        return places;
    }

    /// <returns>Whether it was otherwise.</returns>
    public async Task<bool> SetEnabledAsync(string key, bool enabled, CancellationToken cancellation)
    {
        await using var connection = await server.OpenSharedAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "update shared.tenants set enabled = $2, changed_at = now() where key = $1 and enabled <> $2", connection);
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = enabled });
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    private async Task ExecuteAsync(string sql, string value, CancellationToken cancellation)
    {
        await using var connection = await server.OpenSharedAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
