namespace EmbedStack.Api.Audit;

/// <summary>What happened, and when.</summary>
internal sealed record AuditEntry(AuditEvent Event, DateTimeOffset At);
