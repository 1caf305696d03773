using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Exchange.Issuers;

/// <summary>
/// The issuer's published RSA keys by id, which is a name to look up here and never an address. They are asked for again
/// every five minutes, and for an id that is unknown at most once in ten seconds; while the issuer is slow or away the last
/// ones hold for an hour, and nobody who names one of them waits.
/// </summary>
internal sealed partial class IssuerKeys(IHttpClientFactory clients, TimeProvider time, ILogger<IssuerKeys> logger) : IDisposable
{
    public const string Client = "issuer-keys";
    private const int LargestAnswer = 1024 * 1024;
    private const int ShortestKey = 2048;
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Snapshot _snapshot = new([], DateTimeOffset.MinValue);
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;

    public static void Configure(HttpClient client)
    {
        client.Timeout = TimeSpan.FromSeconds(3);
        client.MaxResponseContentBufferSize = LargestAnswer;
    }

    /// <returns>The key, or null where the issuer publishes none of this id.</returns>
    /// <exception cref="ProblemException">Nothing recent enough is known.</exception>
    public async ValueTask<RSAParameters?> FindAsync(Uri address, string id, CancellationToken cancellationToken)
    {
        var known = _snapshot;
        if (!known.Keys.ContainsKey(id) || time.GetUtcNow() - known.ReadAt >= Keep)
        {
            await RenewAsync(address, cancellationToken);
        }
        else if (time.GetUtcNow() - known.ReadAt >= Refresh)
        {
            _ = RenewAsync(address, CancellationToken.None);
        }

        known = _snapshot;
        if (time.GetUtcNow() - known.ReadAt >= Keep)
        {
            throw new ProblemException(Problems.IdentityUnavailable);
        }

        return known.Keys.TryGetValue(id, out var key) ? key : null;
    }

    public void Dispose() => _turn.Dispose();

    private async Task RenewAsync(Uri address, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - _askedAt < Retry)
            {
                return;
            }

            _askedAt = time.GetUtcNow();
            using var answer = await clients.CreateClient(Client).GetAsync(address, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(CancellationToken.None));
            _snapshot = new Snapshot(Read(document.RootElement), time.GetUtcNow());
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            LogAway(address.GetLeftPart(UriPartial.Path), exception.GetType().Name);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static Dictionary<string, RSAParameters> Read(JsonElement set)
    {
        var keys = new Dictionary<string, RSAParameters>(StringComparer.Ordinal);
        foreach (var key in set.GetProperty("keys").EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object))
        {
            if (Text(key, "kty") == "RSA" && (Text(key, "use") ?? "sig") == "sig" && (Text(key, "alg") ?? "RS256") == "RS256"
                && Text(key, "kid") is { Length: > 0 } id && Bytes(key, "n") is { } modulus && Bytes(key, "e") is { } exponent
                && modulus.Length * 8 >= ShortestKey)
            {
                keys[id] = new() { Modulus = modulus, Exponent = exponent };
            }
        }

        return keys;
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static byte[]? Bytes(JsonElement key, string name) =>
        Text(key, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    [LoggerMessage(LogLevel.Warning, "The issuer's keys at {Address} cannot be read: {Cause}")]
    private partial void LogAway(string address, string cause);

    private sealed record Snapshot(Dictionary<string, RSAParameters> Keys, DateTimeOffset ReadAt);
}
