using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>
/// Reads logout tokens: compact JWS under the realm's own keys, RS256 and nothing else. The header decides nothing: its
/// key id is a name to look up.
/// </summary>
internal sealed class LogoutTokenReader(SigningKeys keys, KeycloakSettings settings, TimeProvider time)
{
    private const int LongestToken = 8 * 1024;
    private static readonly string[] HeaderNames = ["alg", "kid", "typ"];

    /// <returns>The token, or null where it is not one that Keycloak sent to this client just now.</returns>
    public async Task<LogoutToken?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var header, var claims, var signature] || KeyId(header) is not { } id
            || await keys.FindAsync(id, cancellationToken) is not { } key)
        {
            return null;
        }

        using var rsa = RSA.Create(key);
        return Decode(signature) is { } bytes
            && rsa.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && Parse(claims) is { } facts
                ? LogoutToken.Read(facts, settings, time.GetUtcNow())
                : null;
    }

    // Critical extensions, keys and addresses of keys in the header are nothing that Keycloak sends.
    private static string? KeyId(string text) =>
        Parse(text) is { ValueKind: JsonValueKind.Object } header
        && header.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).SequenceEqual(HeaderNames)
        && Is(header, "alg", "RS256") && Is(header, "typ", "logout+jwt")
        && header.GetProperty("kid") is { ValueKind: JsonValueKind.String } id
            ? id.GetString()
            : null;

    private static bool Is(JsonElement header, string name, string value) =>
        header.GetProperty(name) is { ValueKind: JsonValueKind.String } found && found.ValueEquals(value);

    private static JsonElement? Parse(string text)
    {
        try
        {
            return Decode(text) is { } bytes ? JsonSerializer.Deserialize<JsonElement>(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
