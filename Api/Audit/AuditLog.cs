using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Audit;

/// <summary>Writes audit rows. What is audited waits for the row: if it cannot be written, the act does not happen.</summary>
internal sealed class AuditLog(NpgsqlDataSource database)
{
    private const string Insert = """
        insert into api.audit_events
            (kind, outcome, reason, subject, session_id, tenant, role, dashboards, rule_datasets, rule_count,
             token_sha256, address, user_agent, correlation_id)
        values ($1, $2, $3, $4, $5::uuid, $6, $7, $8::text[], $9::text[], $10::integer, $11, $12::inet, $13, $14)
        """;

    public Task WriteAsync(AuditEvent entry, CancellationToken cancellationToken) => database.ExecuteAsync(
        Insert,
        [
            entry.Kind, entry.Allowed ? "allowed" : "refused", entry.Reason, entry.Subject, entry.SessionId, entry.Tenant, entry.Role,
            entry.Dashboards?.ToArray(), entry.RuleDatasets?.ToArray(), entry.RuleCount, entry.TokenSha256, entry.Address,
            entry.UserAgent, entry.CorrelationId,
        ],
        cancellationToken);
}
