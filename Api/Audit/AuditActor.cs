namespace EmbedStack.Api.Audit;

/// <summary>Who did something, and when: what somebody did before being erased makes nobody known anew, however late it is written.</summary>
/// <param name="Name">Whose key it takes.</param>
/// <param name="At">When it happened.</param>
/// <param name="IsSignIn">Whether the person came in by it: nobody else is there for certain who was just erased.</param>
internal readonly record struct AuditActor(AuditKeyName Name, DateTimeOffset At, bool IsSignIn = false)
{
    // As long as an instance that has no word from Postgres may answer whom it has not heard to be erased, and a little more.
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(15);

    /// <summary>The last erasure after which this still makes nobody known anew.</summary>
    public DateTimeOffset MakesKnownAfter => IsSignIn ? At : At - Unheard;

    public static AuditActor Of(AuditEntry entry) => new(
        entry.Event.Subject is { } subject ? AuditKeyName.Person(subject) : AuditKeyName.Day(entry.At), entry.At, entry.Event is { Kind: AuditKind.SignIn, Allowed: true });
}
