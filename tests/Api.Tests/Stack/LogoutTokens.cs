using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>Logout and access tokens as Keycloak makes them, and whatever an attacker makes of them.</summary>
public sealed class LogoutTokens(string issuer, TimeProvider clock) : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public string KeyId { get; } = "key-of-the-tests";

    /// <summary>The key set, as it is published.</summary>
    public object KeySet => new
    {
        keys = new[]
        {
            new
            {
                kid = KeyId, kty = "RSA", use = "sig", alg = "RS256",
                n = Base64Url.EncodeToString(_key.ExportParameters(false).Modulus),
                e = Base64Url.EncodeToString(_key.ExportParameters(false).Exponent),
            },
        },
    };

    /// <summary>An access token as the realm signs it, of a person's client and for its audience.</summary>
    public string Access(TestPerson person) => Sign(AccessHeader, AccessClaims(person));

    public JsonObject AccessHeader => new() { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = KeyId };

    public JsonObject AccessClaims(TestPerson person) => new()
    {
        ["iss"] = issuer, ["aud"] = new JsonArray(person.Audience, "account"), ["sub"] = person.Subject, ["azp"] = person.Client, ["jti"] = Guid.NewGuid().ToString(),
        ["exp"] = (DateTimeOffset.UtcNow + person.TokenLifetime).ToUnixTimeSeconds(),
    };

    public JsonObject Header => new() { ["alg"] = "RS256", ["typ"] = "logout+jwt", ["kid"] = KeyId };

    public JsonObject Claims(TestPerson person)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = issuer, ["aud"] = KeycloakPeer.ClientId, ["sub"] = person.Subject, ["sid"] = person.KeycloakSession,
            ["jti"] = Guid.NewGuid().ToString(), ["iat"] = now, ["exp"] = now + 120,
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        };
    }

    public string Sign(JsonObject header, JsonObject claims)
    {
        var content = Content(header, claims);
        return $"{content}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public string Sign(JsonObject claims) => Sign(Header, claims);

    /// <summary>The classic: the public key, which everybody has, as the secret of a symmetric signature.</summary>
    public string SignWithPublicKey(JsonObject claims)
    {
        var header = Header;
        header["alg"] = "HS256";
        var content = Content(header, claims);
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(content)))}";
    }

    public static string WithoutSignature(JsonObject header, JsonObject claims) => $"{Content(header, claims)}.";

    public void Dispose() => _key.Dispose();

    private static string Content(JsonObject header, JsonObject claims) =>
        $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
}
