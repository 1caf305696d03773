namespace EmbedStack.Api.Audit.Verification;

/// <summary>
/// What the verification found between two days. <paramref name="Heads"/> are the last hashes of the instances that wrote
/// last in these days: kept elsewhere, they show later that nobody computed a chain anew, or cut it with its head.
/// <paramref name="Erasures"/> is how many persons were erased in these days, by whomever.
/// </summary>
internal sealed record AuditVerdict(
    DateOnly From, DateOnly To, bool Intact, long Rows, long Batches, long Erasures, IReadOnlyList<AuditHead> Heads, IReadOnlyList<AuditFinding> Findings);
