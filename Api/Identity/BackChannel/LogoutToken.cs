using System.Text.Json;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>What a logout token says once its signature is known to be Keycloak's (OpenID Connect Back-Channel Logout 1.0, 2.4).</summary>
internal sealed record LogoutToken(string Id, string? Session, string? Subject, DateTimeOffset ExpiresAt)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int LongestText = 255;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    /// <returns>The token, or null where any of its claims is missing, stale, for somebody else or not a logout's.</returns>
    public static LogoutToken? Read(JsonElement claims, KeycloakSettings settings, DateTimeOffset now)
    {
        if (claims.ValueKind != JsonValueKind.Object
            || Text(claims, "iss") != settings.IssuerText
            || !IsFor(claims, settings.ClientId)
            || claims.TryGetProperty("nonce", out _)
            || !IsLogout(claims)
            || Text(claims, "jti") is not { } id
            || Time(claims, "iat") is not { } issuedAt
            || Time(claims, "exp") is not { } expiresAt)
        {
            return null;
        }

        var token = new LogoutToken(id, Text(claims, "sid"), Text(claims, "sub"), expiresAt + Leeway);
        var isTimely = issuedAt - Leeway <= now && now < expiresAt + Leeway && expiresAt - issuedAt <= LongestLife;
        return isTimely && (token.Session ?? token.Subject) is not null ? token : null;
    }

    private static bool IsFor(JsonElement claims, string client) => claims.TryGetProperty("aud", out var audience)
        && (audience.ValueKind == JsonValueKind.Array
            ? audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(client))
            : Text(claims, "aud") == client);

    private static bool IsLogout(JsonElement claims) =>
        claims.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Object
        && events.TryGetProperty(Event, out var logout) && logout.ValueKind == JsonValueKind.Object;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 and <= LongestText } text && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : null;

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
