using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>
/// The realm's RSA keys by id, as Keycloak publishes them. They are read again for an id that is unknown, once in ten
/// seconds at most: whoever makes ids up must not make us ask, nor keep others waiting while we do.
/// </summary>
internal sealed class SigningKeys(KeycloakClient keycloak, TimeProvider time) : IDisposable
{
    private const int ShortestKey = 2048;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Use = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Known _known = new([], DateTimeOffset.MinValue);
    private long _askedAt = DateTimeOffset.MinValue.Ticks;

    /// <exception cref="ProblemException">Keycloak is away, and the key is not known.</exception>
    public async Task<RSAParameters?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (IsFresh(id))
        {
            return _known.Find(id);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh(id))
            {
                Volatile.Write(ref _askedAt, time.GetUtcNow().Ticks);
                using var answer = await keycloak.ReadKeysAsync(CancellationToken.None); // others wait too
                _known = new(Read(answer.RootElement), time.GetUtcNow());
            }

            return _known.Find(id);
        }
        catch (ProblemException) when (_known.Find(id) is not null)
        {
            return _known.Find(id);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    // A key that is known is read again now and then, in case it was withdrawn; after a failure not at once.
    private bool IsFresh(string id)
    {
        var (known, now) = (_known, time.GetUtcNow());
        var sinceAsked = now.Ticks - Volatile.Read(ref _askedAt);
        return known.Find(id) is not null ? now - known.ReadAt <= Use || sinceAsked <= Pause.Ticks : now - known.ReadAt <= Pause;
    }

    private static Dictionary<string, RSAParameters> Read(JsonElement answer)
    {
        var keys = new Dictionary<string, RSAParameters>(StringComparer.Ordinal);
        foreach (var key in answer.GetProperty("keys").EnumerateArray().Where(IsForSignatures))
        {
            var modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString());
            if (modulus.Length * 8 >= ShortestKey)
            {
                keys[key.GetProperty("kid").GetString()!] = new()
                {
                    Modulus = modulus, Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()),
                };
            }
        }

        return keys;
    }

    private static bool IsForSignatures(JsonElement key) =>
        Is(key, "kty", "RSA") && Is(key, "use", "sig") && Is(key, "alg", "RS256") && key.TryGetProperty("kid", out _);

    private sealed record Known(Dictionary<string, RSAParameters> Keys, DateTimeOffset ReadAt)
    {
        public RSAParameters? Find(string id) => Keys.TryGetValue(id, out var key) ? key : null;
    }

    private static bool Is(JsonElement key, string name, string value) => key.TryGetProperty(name, out var found) && found.ValueEquals(value);
}
