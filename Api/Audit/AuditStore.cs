using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Audit;

/// <summary>Adds batches to the audit: the rows and their hash in one transaction.</summary>
internal sealed class AuditStore(NpgsqlDataSource database, AuditKeys keys)
{
    private const string AddRow = """
        insert into audit.events
            (day, instance, batch, position, at, kind, outcome, reason, person, session, tenant, role, dashboards, rule_datasets,
             rule_count, token_sha256, key_id, origin, correlation_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10::uuid, $11, $12, $13::text[], $14::text[], $15::integer, $16, $17::uuid, $18::bytea, $19)
        """;

    private const string AddBatch = """
        insert into audit.batches (day, instance, number, rows, previous, previous_day, hash)
        values ($1, $2, $3, $4, $5::bytea, $6::date, $7)
        """;

    private const string Last = "select day, hash from audit.batches order by day desc, at desc limit 1";

    /// <summary>The last hash that anybody wrote.</summary>
    public async Task<AuditLink?> FindLastAsync(CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync(
            Last, [], row => new AuditLink(row.GetFieldValue<DateOnly>(0), (byte[])row[1]), cancellationToken);
        return rows.FirstOrDefault();
    }

    /// <returns>The rows as they were written.</returns>
    public async Task<IReadOnlyList<AuditRow>> AddAsync(
        AuditChain chain, DateOnly today, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var actors = entries.Select(AuditActor.Of).ToArray();
        var found = await keys.GetAsync(connection, actors, cancellationToken);
        var rows = entries.Zip(actors, (entry, actor) => AuditRows.Create(entry, found.Of(actor))).ToArray();
        var batch = chain.Next(today, rows);

        // Such a batch is a transaction.
        await using var commands = new NpgsqlBatch(connection);
        for (var position = 0; position < rows.Length; position++)
        {
            commands.Add(AddRow, Values(batch, position, rows[position]));
        }

        commands.Add(AddBatch, [batch.Day, batch.Instance, batch.Number, batch.Rows, batch.Previous, batch.PreviousDay, batch.Hash]);
        await commands.ExecuteNonQueryAsync(cancellationToken);
        chain.Accept(batch);
        return rows;
    }

    private static object?[] Values(AuditBatch batch, int position, AuditRow row) =>
    [
        batch.Day, batch.Instance, batch.Number, position, row.At, row.Kind, row.Outcome, row.Reason, row.Person, row.Session, row.Tenant, row.Role,
        row.Dashboards, row.RuleDatasets, row.RuleCount, row.TokenSha256, row.KeyId, row.Origin, row.CorrelationId,
    ];
}
