namespace EmbedStack.Api.Audit;

/// <summary>Keys by whose they are, and who was erased when.</summary>
internal sealed class FoundKeys(IReadOnlyDictionary<AuditKeyName, (AuditKey? Key, DateTimeOffset? ErasedAt)> found)
{
    /// <returns>Null for what somebody did who was erased since.</returns>
    public AuditKey? Of(AuditActor actor) =>
        found.TryGetValue(actor.Name, out var entry) && (entry.ErasedAt is not { } erased || actor.At > erased) ? entry.Key : null;

    public bool Lacks(AuditKeyName name) => !found.TryGetValue(name, out var entry) || entry.Key is null;
}
