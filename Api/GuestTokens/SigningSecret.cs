using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.GuestTokens;

/// <summary>What tokens and assertions are signed under: HS256 is no stronger than its key.</summary>
internal static class SigningSecret
{
    private const int Shortest = 32;

    /// <summary>Tells values apart without telling them.</summary>
    public static string GenerationOf(SecretFile file) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(file.Value.Current)));

    /// <exception cref="InvalidOperationException">It is missing, or so short that it is a default or can be guessed.</exception>
    public static SecretFile From(IConfiguration configuration, string key) => SecretFile.From(configuration, key, Shortest);
}
