using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Edge.Exchange.Issuers;

/// <summary>
/// Verifies an issuer's tokens as Superset does in the direct way: one algorithm, one issuer and one audience, all from
/// configuration, and no longer a life than revocations have.
/// </summary>
internal sealed class IssuerTokens(IssuerSettings settings, IssuerKeys keys, TimeProvider time) : IDisposable
{
    private const int MostKnown = 10_000;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    // A page's charts all bring the same one. Only what was signed is known again, and only while its key counts.
    private readonly MemoryCache _signed = new(new MemoryCacheOptions { SizeLimit = MostKnown });
    private const int LongestKeyId = 256;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <returns>The claims, or null where it is not a token of this issuer for this audience and time.</returns>
    /// <exception cref="Http.ProblemException">The issuer is away, and its keys are not known.</exception>
    public async ValueTask<JsonElement?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var name = MemoryMarshal.Read<(UInt128, UInt128)>(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        if (!_signed.TryGetValue(name, out Signed? signed) || !await CountsAsync(signed!, cancellationToken))
        {
            signed = await ReadAsync(token, cancellationToken);
            if (signed is not null)
            {
                _signed.Set(name, signed, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Idle });
            }
        }

        return signed is { Claims: var claims } && IsFor(claims) && IsNow(claims) ? claims : null;
    }

    public void Dispose() => _signed.Dispose();

    /// <summary>A time of a token, or null where it has none that is one.</summary>
    public static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out var seconds)
            && seconds is > 0 and < 253_402_300_799
                ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
                : null;

    // What must be understood is not; keys and addresses of keys in a header are never looked at.
    private bool IsPlain(JsonElement header) =>
        Text(header, "alg") == settings.Algorithm && !header.TryGetProperty("crit", out _) && !header.TryGetProperty("b64", out _);

    private async ValueTask<Signed?> ReadAsync(string token, CancellationToken cancellationToken) =>
        token.Split('.') is [var header, var payload, var signature] && Read(header) is { } head && IsPlain(head) && Base64Url.IsValid(signature)
        && await FindKeyAsync(head, Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), cancellationToken) is { } key
        && Read(payload) is { } claims
            ? new Signed(claims, key)
            : null;

    private async ValueTask<Key?> FindKeyAsync(JsonElement header, byte[] content, byte[] signature, CancellationToken cancellationToken)
    {
        if (settings.Secret is { } secret)
        {
            return secret.Value.All.Where(key => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), content), signature))
                .Select(key => new Key("", Encoding.UTF8.GetBytes(key))).FirstOrDefault();
        }

        if (Text(header, "kid") is not { Length: > 0 and <= LongestKeyId } id || await keys.FindAsync(settings.KeysAddress!, id, cancellationToken) is not { } found)
        {
            return null;
        }

        using var rsa = RSA.Create(found);
        return rsa.VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? new Key(id, found.Modulus!) : null;
    }

    private async ValueTask<bool> CountsAsync(Signed signed, CancellationToken cancellationToken) => settings.Secret is { } secret
        ? secret.Value.All.Any(key => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), signed.By.Value))
        : await keys.FindAsync(settings.KeysAddress!, signed.By.Id, cancellationToken) is { } found && signed.By.Value.AsSpan().SequenceEqual(found.Modulus);

    private bool IsFor(JsonElement claims) =>
        Text(claims, "iss") == settings.Issuer
        && claims.TryGetProperty("aud", out var audience)
        && (audience.ValueKind == JsonValueKind.Array ? audience.EnumerateArray() : Enumerable.Repeat(audience, 1))
            .Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(settings.Audience));

    private bool IsNow(JsonElement claims)
    {
        var now = time.GetUtcNow();
        return Time(claims, "exp") is { } end && now < end + Leeway && end <= now + Longest
            && (Time(claims, "iat") is not { } issued || end <= issued + Longest) // else it could outlive what refuses it before its last day
            && (!claims.TryGetProperty("nbf", out _) || Time(claims, "nbf") <= now + Leeway)
            && (!claims.TryGetProperty("iat", out _) || Time(claims, "iat") <= now + Leeway);
    }

    private static string? Text(JsonElement members, string name) =>
        members.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static JsonElement? Read(string part)
    {
        try
        {
            return Base64Url.IsValid(part)
                && JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part), Strict) is { ValueKind: JsonValueKind.Object } members
                    ? members
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Twice the same name would be two tokens in one.
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private sealed record Signed(JsonElement Claims, Key By);

    private sealed record Key(string Id, byte[] Value);
}
