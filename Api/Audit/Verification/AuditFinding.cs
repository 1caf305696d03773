namespace EmbedStack.Api.Audit.Verification;

/// <summary>A batch that is not as it was committed.</summary>
/// <param name="Kind">What was done: see <see cref="AuditFindingKind"/>.</param>
/// <param name="Day">The batch's day.</param>
/// <param name="Instance">The instance that wrote it.</param>
/// <param name="Batch">Its number within instance and day.</param>
internal sealed record AuditFinding(string Kind, DateOnly Day, Guid Instance, long Batch);
