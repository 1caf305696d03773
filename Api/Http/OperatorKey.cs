using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.Api.Http;

/// <summary>What the stack's own commands bring with them: <c>OPERATOR_KEY</c>. Where there is none, nobody has it.</summary>
internal sealed class OperatorKey
{
    public const string Header = "X-EmbedStack-Operator";
    private const int Shortest = 32;
    private readonly byte[]? _hash;

    private OperatorKey(byte[]? hash) => _hash = hash;

    /// <exception cref="InvalidOperationException">It is short enough to be guessed.</exception>
    public static OperatorKey From(IConfiguration configuration) => configuration["OPERATOR_KEY"] switch
    {
        null or "" => new OperatorKey(null),
        { Length: >= Shortest } key => new OperatorKey(Hash(key)),
        _ => throw new InvalidOperationException($"OPERATOR_KEY must have {Shortest} characters or more."),
    };

    public bool IsIn(HttpRequest request) =>
        _hash is not null && request.Headers[Header] is [{ } key] && CryptographicOperations.FixedTimeEquals(Hash(key), _hash);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
