using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.AppHost.Tests.JwtEmbedding;

/// <summary>A host's own identity provider: signs tokens with RS256 and publishes its keys on loopback.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Name = "https://id.host.example";
    public const string Audience = "dashboards";

    private const string FirstKey = "first";

    private readonly Dictionary<string, RSA> keys = new() { [FirstKey] = RSA.Create(2048) };
    private readonly HostServer server;

    public TestIssuer() => server = new HostServer(context => context.Response.WriteAsJsonAsync(Published()));

    public Uri KeysUrl => new(server.Address, "keys/");

    /// <summary>What tells the stack of this issuer.</summary>
    public string[] Configuration =>
    [
        $"--EmbedStack:JwtEmbedding:Issuer={Name}", $"--EmbedStack:JwtEmbedding:Audience={Audience}", $"--EmbedStack:JwtEmbedding:JwksUrl={KeysUrl}",
    ];

    /// <summary>Has processes and containers find the keys.</summary>
    public void AddTo(IDistributedApplicationBuilder stack)
    {
        var keys = ReferenceExpression.Create($"{server.AddTo(stack, "issuer")}/keys/");
        foreach (var resource in HostServer.Askers(stack))
        {
            resource.Annotations.Add(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables["EMBED_JWT_JWKS_URL"] = keys));
        }
    }

    /// <summary>The first key as anybody can have it.</summary>
    public string PublicPem => keys[FirstKey].ExportSubjectPublicKeyInfoPem();

    public void Publish(string kid)
    {
        lock (keys)
        {
            keys[kid] = RSA.Create(2048);
        }
    }

    /// <summary>Claims of a person of the product, good for five minutes.</summary>
    public static JsonObject Claims(string tenant, string role, string staffId = "")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Name, ["aud"] = Audience, ["sub"] = "somebody", ["iat"] = now, ["nbf"] = now, ["exp"] = now + 300, ["tenant_id"] = tenant, ["role"] = role,
        };
        if (staffId.Length > 0)
        {
            claims["staff_id"] = staffId;
        }

        return claims;
    }

    public string Sign(JsonObject claims, string? kid = FirstKey)
    {
        var key = keys[kid is not null && keys.ContainsKey(kid) ? kid : FirstKey];
        var text = Unsigned(new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = kid }, claims);
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>A token signed the other way, with what <paramref name="algorithm"/> makes of the text.</summary>
    public static string Forge(JsonObject claims, string algorithm, Func<byte[], byte[]> sign)
    {
        var text = Unsigned(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = FirstKey }, claims);
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }

    private static string Unsigned(JsonObject header, JsonObject claims) =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";

    private object Published()
    {
        lock (keys)
        {
            return new { keys = keys.Select(Jwk).ToArray() };
        }
    }

    private static object Jwk(KeyValuePair<string, RSA> key)
    {
        var parameters = key.Value.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = key.Key, n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) };
    }
}
