namespace EmbedStack.Api.Audit.Verification;

/// <summary>The last batch of an instance, as the database keeps it beside the chain.</summary>
internal sealed record AuditHead(Guid Instance, DateOnly Day, long Number, string Hash);
