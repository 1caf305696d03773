namespace EmbedStack.Api.Audit.Reading;

/// <summary>Events, latest first, and the cursor of those that follow, if any.</summary>
internal sealed record AuditPage(IReadOnlyList<AuditRecord> Events, string? Next);
