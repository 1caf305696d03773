namespace EmbedStack.Api.Audit;

/// <summary>A hash that a batch may follow, and where to find it.</summary>
internal sealed record AuditLink(DateOnly Day, byte[] Hash);
