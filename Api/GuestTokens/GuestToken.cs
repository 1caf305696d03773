namespace EmbedStack.Api.GuestTokens;

/// <summary>A minted token, when its assertion was signed, and until when it holds.</summary>
internal sealed record GuestToken(string Text, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>By which it alone can be revoked: browsers' tokens have one.</summary>
    public Guid? Id { get; init; }

    /// <summary>Whether it was made in place of one that Superset had refused.</summary>
    public bool IsReplacement { get; init; }

    public bool HasHalfItsLifeLeft(DateTimeOffset now) => ExpiresAt - now >= (ExpiresAt - SignedAt) / 2;

    public override string ToString() => "***";
}
