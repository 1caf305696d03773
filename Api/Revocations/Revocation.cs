namespace EmbedStack.Api.Revocations;

/// <summary>
/// A refusal. Without an end it stands until it is lifted; with one it is about tokens signed up to
/// <paramref name="RevokedAt"/> alone, and is forgotten once none of them can be alive.
/// </summary>
internal sealed record Revocation(string Kind, string Value, DateTimeOffset RevokedAt, DateTimeOffset? ExpiresAt);
