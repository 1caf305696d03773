namespace EmbedStack.Api.Audit.Verification;

/// <summary>Where a row stands, and its hash as it is now.</summary>
internal sealed record StoredRow(Guid Instance, long Batch, int Position, byte[] Hash);
