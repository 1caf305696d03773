using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Compact JWS, HS256 and nothing else.</summary>
internal static class JsonWebSignature
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public static string Sign<T>(T claims, string key)
    {
        var content = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The claims of a token that <see cref="Sign"/> has made under one of the keys; null for every other text.</summary>
    public static byte[]? Verify(string token, IEnumerable<string> keys)
    {
        var end = token.LastIndexOf('.');
        if (end < Header.Length || !token.StartsWith($"{Header}.", StringComparison.Ordinal) || !Base64Url.IsValid(token.AsSpan(end + 1)))
        {
            return null;
        }

        var content = Encoding.ASCII.GetBytes(token[..end]);
        var signature = Base64Url.DecodeFromChars(token.AsSpan(end + 1));
        var claims = token.AsSpan(Header.Length + 1, Math.Max(0, end - Header.Length - 1));
        return Base64Url.IsValid(claims)
            && keys.Any(key => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), content), signature))
                ? Base64Url.DecodeFromChars(claims)
                : null;
    }

    /// <summary>Reads a token's expiry without verifying it: for tokens that come straight from their issuer.</summary>
    public static DateTimeOffset? ReadExpiry(string token)
    {
        try
        {
            if (token.Split('.') is [_, var payload, _])
            {
                using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
                return DateTimeOffset.FromUnixTimeMilliseconds((long)(claims.RootElement.GetProperty("exp").GetDouble() * 1000));
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
        }

        return null;
    }
}
