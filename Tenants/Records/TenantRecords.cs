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

    /// <summary>Makes the pseudonym of a person in the audit one that leads to nobody; may be repeated.</summary>
    /// <param name="subject">The person's id at Keycloak.</param>
    /// <param name="cancellation">Stops before it is done.</param>
    public async Task EraseFromAuditAsync(string subject, CancellationToken cancellation)
    {
        await using var connection = await server.OpenSharedAsync(cancellation);
        await using var command = new NpgsqlCommand("select audit.erase_person($1)", connection);
        command.Parameters.Add(new() { Value = subject });
        await command.ExecuteNonQueryAsync(cancellation);
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
}
