using System.Diagnostics;
using EmbedStack.Api.Audit;
using Npgsql;

namespace EmbedStack.Api.Identity;

/// <summary>A session that is over, and whose it was.</summary>
internal sealed record EndedSession(Guid Id, string Subject, string? Tenant, string? Role)
{
    /// <summary>Of <c>api.sessions</c>, for <see cref="Read"/>.</summary>
    public const string Columns = "id, subject, tenant, role";

    public static EndedSession Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.Get<string>(2), row.Get<string>(3));

    /// <summary>What the audit is told where nobody asked for it in the session itself.</summary>
    public AuditEvent Because(string reason) =>
        About(new AuditEvent(AuditKind.SessionEnded, true) { Reason = reason, CorrelationId = Activity.Current?.TraceId.ToString() });

    public AuditEvent About(AuditEvent happened) => happened with { Subject = Subject, SessionId = Id, Tenant = Tenant, Role = Role };
}
