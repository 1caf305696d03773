using System.Net;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Audit;

/// <summary>
/// Moves the rows of the table that the audit had before into the audit, as they would be written today. An instance of
/// the former version that still runs finds its table gone and mints nothing.
/// </summary>
internal sealed partial class AuditCarryOver(NpgsqlDataSource database, AuditStore store, ILogger<AuditCarryOver> logger) : IHostedLifecycleService
{
    private const int LargestBatch = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private const string Read = """
        select at, kind, outcome, reason, subject, session_id, tenant, role, dashboards, rule_datasets, rule_count, token_sha256,
            address, user_agent, correlation_id
        from api.audit_events order by at, id
        """;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        while (await connection.QueryAsync("select pg_try_advisory_xact_lock(hashtext('audit.carry_over'))", [], row => row.GetBoolean(0), cancellationToken) is [false])
        {
            await Task.Delay(Pause, cancellationToken);
        }

        if (await connection.QueryAsync("select to_regclass('api.audit_events') is not null", [], row => row.GetBoolean(0), cancellationToken) is [false])
        {
            return;
        }

        await connection.ExecuteAsync("lock table api.audit_events in access exclusive mode", [], cancellationToken);
        var entries = await connection.QueryAsync(Read, [], ReadEntry, cancellationToken);
        var chain = AuditChain.After(null);
        foreach (var day in entries.GroupBy(entry => DateOnly.FromDateTime(entry.At.UtcDateTime)))
        {
            foreach (var part in day.Chunk(LargestBatch))
            {
                var (batch, _) = await store.AddAsync(connection, chain, day.Key, part, cancellationToken);
                chain.Accept(batch);
            }
        }

        await connection.ExecuteAsync("drop table api.audit_events", [], cancellationToken);
        await connection.ExecuteAsync("drop function api.refuse_audit_change()", [], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogCarried(entries.Count);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static AuditEntry ReadEntry(NpgsqlDataReader row) => new(
        new AuditEvent(row.GetString(1), row.GetString(2) == "allowed")
        {
            Reason = row.Get<string>(3),
            Subject = row.Get<string>(4),
            SessionId = row.GetOrNull<Guid>(5),
            Tenant = row.Get<string>(6),
            Role = row.Get<string>(7),
            Dashboards = row.Get<string[]>(8),
            RuleDatasets = row.Get<string[]>(9),
            RuleCount = row.GetOrNull<int>(10),
            TokenSha256 = row.Get<string>(11),
            Address = row.Get<IPAddress>(12),
            UserAgent = row.Get<string>(13),
            CorrelationId = row.Get<string>(14),
        },
        row.GetFieldValue<DateTimeOffset>(0));

    [LoggerMessage(LogLevel.Information, "Carried {Count} rows over into the audit")]
    private partial void LogCarried(int count);
}
