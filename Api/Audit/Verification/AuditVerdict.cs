namespace EmbedStack.Api.Audit.Verification;

/// <summary>
/// What the verification found between two days. <paramref name="Head"/> is the last batch's hash: kept elsewhere, it shows
/// later that nobody computed the chain anew.
/// </summary>
internal sealed record AuditVerdict(
    DateOnly From, DateOnly To, bool Intact, long Rows, long Batches, string? Head, IReadOnlyList<AuditFinding> Findings);
