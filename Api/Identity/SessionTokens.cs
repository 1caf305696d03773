using System.Text.Json;

namespace EmbedStack.Api.Identity;

/// <summary>A session's tokens. They stay on the server, encrypted.</summary>
internal sealed record SessionTokens(string Access, string? Refresh, string? Id, DateTimeOffset AccessExpiresAt)
{
    /// <summary>Reads a token endpoint's answer; what a refresh does not renew is kept.</summary>
    public static SessionTokens Read(JsonElement answer, DateTimeOffset now, SessionTokens? earlier = null) => new(
        answer.GetProperty("access_token").GetString()!,
        Text(answer, "refresh_token") ?? earlier?.Refresh,
        Text(answer, "id_token") ?? earlier?.Id,
        now.AddSeconds(answer.GetProperty("expires_in").GetInt32()));

    public override string ToString() => "***";

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) ? value.GetString() : null;
}
