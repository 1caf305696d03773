namespace EmbedStack.Api.Revocations.Admin;

/// <summary>What is refused. Without <c>expires_at</c> it stands until it is lifted.</summary>
internal sealed record RevocationsAnswer(IReadOnlyList<Revocation> Revocations);
