using System.Security.Cryptography;
using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.Persistence.KeyRing;

/// <summary>What the key ring is encrypted under: the values of the file <c>DATA_PROTECTION_KEY_FILE</c>.</summary>
internal sealed class KeyRingSecret(SecretFile file)
{
    private const int ShortestSecret = 32;

    public static KeyRingSecret From(IConfiguration configuration)
    {
        const string Key = "DATA_PROTECTION_KEY_FILE";
        var file = SecretFile.From(configuration, Key);
        return file.Value.All.All(value => value.Length >= ShortestSecret)
            ? new KeyRingSecret(file)
            : throw new InvalidOperationException($"{Key} holds a secret of less than {ShortestSecret} characters.");
    }

    /// <summary>Changes with the secret: what was wrapped under another value has to be wrapped again.</summary>
    public string Current => file.Value.Current;

    public string Protect(byte[] plain) => KeyRingCipher.Protect(plain, file.Value.Current);

    /// <exception cref="CryptographicException">Neither the current nor the previous value was used for it.</exception>
    public byte[] Unprotect(string wrapped) =>
        file.Value.All.Select(secret => KeyRingCipher.TryUnprotect(wrapped, secret)).FirstOrDefault(plain => plain is not null)
        ?? throw new CryptographicException("A data-protection key was encrypted under a secret that is gone: sessions made with it are lost.");

    public bool IsCurrent(string wrapped) => KeyRingCipher.TryUnprotect(wrapped, file.Value.Current) is not null;
}
