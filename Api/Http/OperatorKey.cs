using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.Http;

/// <summary>What the stack's own commands bring with them: the file that <c>OPERATOR_KEY_FILE</c> names. Where there is none, nobody has it.</summary>
internal sealed class OperatorKey
{
    public const string Header = "X-EmbedStack-Operator";
    private const string Variable = "OPERATOR_KEY_FILE";
    private const int Shortest = 32;
    private readonly SecretFile? _file;

    private OperatorKey(SecretFile? file) => _file = file;

    /// <exception cref="InvalidOperationException">The file is not there, or its key is short enough to be guessed.</exception>
    public static OperatorKey From(IConfiguration configuration, TimeProvider time) =>
        new(string.IsNullOrEmpty(configuration[Variable]) ? null : SecretFile.From(configuration, Variable, Shortest, time));

    /// <summary>Whether a request has the key, or the one before it while that counts.</summary>
    public bool IsIn(HttpRequest request) =>
        _file is not null && request.Headers[Header] is [{ } key] && _file.Value.All.Any(known => CryptographicOperations.FixedTimeEquals(Hash(key), Hash(known)));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
