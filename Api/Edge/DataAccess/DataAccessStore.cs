using EmbedStack.Api.Audit;
using EmbedStack.Api.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>Brings segments of the spool into the audit: each whole and once, however often it is tried.</summary>
internal sealed class DataAccessStore(NpgsqlDataSource database, AuditKeys keys)
{
    private const string IsThere = "select exists (select from audit.data_access where day = any($1) and instance = $2 and segment = $3)";

    private const string Copy = """
        copy audit.data_access
            (day, instance, segment, position, at, person, session, tenant, role, way, dashboard, dataset, chart, rows, source, outcome, reason, correlation_id)
        from stdin (format binary)
        """;

    public async Task AddAsync(Guid instance, long segment, IReadOnlyList<DataAccessEntry> entries, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Once it is through the segment is deleted: also a server that otherwise commits to memory must have written this one.
        await connection.ExecuteAsync("set local synchronous_commit = on", [], cancellationToken);
        var days = entries.Select(entry => Day(entry)).Distinct().ToArray();
        if (await connection.QueryAsync(IsThere, [days, instance, segment], row => row.GetBoolean(0), cancellationToken) is [true])
        {
            return;
        }

        var found = await keys.GetAsync(connection, entries.Select(Actor), cancellationToken);
        await using (var rows = await connection.BeginBinaryImportAsync(Copy, cancellationToken))
        {
            for (var position = 0; position < entries.Count; position++)
            {
                await rows.StartRowAsync(cancellationToken);
                await WriteAsync(rows, instance, segment, position, entries[position], found.Of(Actor(entries[position])), cancellationToken);
            }

            await rows.CompleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter rows, Guid instance, long segment, int position, DataAccessEntry entry, AuditKey? key, CancellationToken cancellationToken)
    {
        await rows.WriteAsync(Day(entry), NpgsqlDbType.Date, cancellationToken);
        await rows.WriteAsync(instance, NpgsqlDbType.Uuid, cancellationToken);
        await rows.WriteAsync(segment, NpgsqlDbType.Bigint, cancellationToken);
        await rows.WriteAsync(position, NpgsqlDbType.Integer, cancellationToken);
        await rows.WriteAsync(entry.At.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
        await WriteAsync(key?.Id, NpgsqlDbType.Uuid);
        await WriteAsync(key?.Derive(entry.Session), NpgsqlDbType.Uuid);
        foreach (var text in (string?[])[entry.Tenant, entry.Role, entry.Way, entry.Dashboard, entry.Dataset, entry.Chart])
        {
            await WriteTextAsync(text);
        }

        await WriteAsync(entry.Rows, NpgsqlDbType.Integer);
        await WriteTextAsync(entry.Source?.ToString().ToLowerInvariant());
        await WriteTextAsync(entry.Reason is null ? "allowed" : "refused");
        await WriteTextAsync(entry.Reason);
        await WriteTextAsync(entry.CorrelationId);

        Task WriteTextAsync(string? text) => text is null ? rows.WriteNullAsync(cancellationToken) : rows.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);

        Task WriteAsync<T>(T? value, NpgsqlDbType type) where T : struct =>
            value is { } given ? rows.WriteAsync(given, type, cancellationToken) : rows.WriteNullAsync(cancellationToken);
    }

    private static AuditActor Actor(DataAccessEntry entry) => new(AuditKeyName.Person(entry.Subject), entry.At);

    private static DateOnly Day(DataAccessEntry entry) => DateOnly.FromDateTime(entry.At.UtcDateTime);
}
