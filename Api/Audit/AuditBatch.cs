namespace EmbedStack.Api.Audit;

/// <summary>
/// Rows that are committed together. The first batch of an instance's day follows another hash, of <paramref name="PreviousDay"/>:
/// the instance's own last one, or the last that there was when the instance began.
/// </summary>
internal sealed record AuditBatch(
    Guid Instance, DateOnly Day, long Number, int Rows, byte[]? Previous, DateOnly? PreviousDay, byte[] Hash);
