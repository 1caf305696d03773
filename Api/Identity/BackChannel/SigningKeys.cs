using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>
/// The realm's RSA keys by id, as Keycloak publishes them. They are read again for an id that is unknown, once in ten
/// seconds at most: whoever makes ids up must not make us ask.
/// </summary>
internal sealed class SigningKeys(KeycloakClient keycloak, TimeProvider time) : IDisposable
{
    private const int ShortestKey = 2048;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Use = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Dictionary<string, RSAParameters> _keys = [];
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    /// <exception cref="Http.ProblemException">Keycloak is away, and the key is not known.</exception>
    public async Task<RSAParameters?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var age = time.GetUtcNow() - _readAt;
            if (age > Use || (!_keys.ContainsKey(id) && age > Pause))
            {
                using var answer = await keycloak.ReadKeysAsync(cancellationToken);
                (_keys, _readAt) = (Read(answer.RootElement), time.GetUtcNow());
            }

            return _keys.TryGetValue(id, out var key) ? key : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

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

    private static bool Is(JsonElement key, string name, string value) => key.TryGetProperty(name, out var found) && found.ValueEquals(value);
}
