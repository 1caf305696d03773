namespace EmbedStack.Api.GuestTokens;

/// <summary>A guest token, when it ends, and what it opens where.</summary>
internal sealed record GuestTokenAnswer(string Token, DateTimeOffset ExpiresAt, IReadOnlyList<GuestTokenAnswer.Embed> Dashboards)
{
    internal sealed record Embed(string Key, Guid EmbeddedId, string Domain);
}
