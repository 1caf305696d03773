using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Identity.BackChannel;

namespace EmbedStack.Api.Identity;

/// <summary>
/// Reads what the realm signed: compact JWS under its own keys, RS256 and nothing else. The header decides nothing: its key
/// id is a name to look up.
/// </summary>
internal sealed class RealmSignature(SigningKeys keys)
{
    private const int LongestToken = 8 * 1024;
    private static readonly string[] HeaderNames = ["alg", "kid", "typ"];

    /// <returns>The claims, or null where they are not the realm's in a token of such a type.</returns>
    public async Task<JsonElement?> VerifyAsync(string token, IReadOnlyCollection<string> types, CancellationToken cancellationToken)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var header, var claims, var signature] || KeyId(header, types) is not { } id
            || Decode(signature) is not { } bytes
            || await keys.FindAsync(id, cancellationToken) is not { } key)
        {
            return null;
        }

        using var rsa = RSA.Create(key);
        return rsa.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? Parse(claims) : null;
    }

    // Critical extensions, keys and addresses of keys in the header are nothing that Keycloak sends.
    private static string? KeyId(string text, IReadOnlyCollection<string> types) =>
        Parse(text) is { ValueKind: JsonValueKind.Object } header
        && header.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).SequenceEqual(HeaderNames)
        && Text(header, "alg") == "RS256" && Text(header, "typ") is { } type && types.Contains(type)
            ? Text(header, "kid")
            : null;

    private static string? Text(JsonElement header, string name) =>
        header.GetProperty(name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

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
