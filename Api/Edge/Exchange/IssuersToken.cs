using System.Buffers.Text;
using System.Text.Json;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>Tells another issuer's token by a look that trusts nothing.</summary>
internal static class IssuersToken
{
    /// <summary>
    /// Whether it is of another make than Superset's and ours, which is HS256 without <c>iss</c>. Superset's own are not for
    /// browsers where tokens are exchanged.
    /// </summary>
    public static bool Is(string token)
    {
        var parts = token.Split('.');
        return Read(parts[0]) is { } header && (Text(header, "alg") != "HS256" || Read(parts[1])?.TryGetProperty("iss", out _) is true);
    }

    private static string? Text(JsonElement members, string name) =>
        members.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static JsonElement? Read(string part)
    {
        try
        {
            return Base64Url.IsValid(part) && JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part)) is { ValueKind: JsonValueKind.Object } members
                ? members
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
