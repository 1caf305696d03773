using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.Persistence.KeyRing;

/// <summary>
/// What the key ring is encrypted under: AES-256-GCM, by a key derived from each value of the file
/// <c>DATA_PROTECTION_KEY_FILE</c>.
/// </summary>
internal sealed class KeyRingSecret(SecretFile file)
{
    private const int ShortestSecret = 32;
    private static readonly byte[] Purpose = "EmbedStack data protection key ring v1"u8.ToArray();

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

    public string Protect(byte[] plain)
    {
        var result = new byte[AesGcm.NonceByteSizes.MaxSize + plain.Length + AesGcm.TagByteSizes.MaxSize];
        Split(result, out var nonce, out var text, out var tag);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Cipher(file.Value.Current);
        aes.Encrypt(nonce, plain, text, tag, Purpose);
        return Convert.ToBase64String(result);
    }

    /// <exception cref="CryptographicException">Neither the current nor the previous value was used for it.</exception>
    public byte[] Unprotect(string wrapped)
    {
        var secrets = file.Value.All.ToList();
        return secrets.Select(secret => TryUnprotect(wrapped, secret)).FirstOrDefault(plain => plain is not null)
            ?? throw new CryptographicException("A data-protection key was encrypted under a secret that is gone: sessions made with it are lost.");
    }

    public bool IsCurrent(string wrapped) => TryUnprotect(wrapped, file.Value.Current) is not null;

    private static byte[]? TryUnprotect(string wrapped, string secret)
    {
        var bytes = Convert.FromBase64String(wrapped);
        if (bytes.Length < AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize)
        {
            return null;
        }

        Split(bytes, out var nonce, out var text, out var tag);
        var plain = new byte[text.Length];
        using var aes = Cipher(secret);
        try
        {
            aes.Decrypt(nonce, text, tag, plain, Purpose);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static AesGcm Cipher(string secret) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), outputLength: 32, info: Purpose), AesGcm.TagByteSizes.MaxSize);

    // Nonce, text, tag.
    private static void Split(Span<byte> bytes, out Span<byte> nonce, out Span<byte> text, out Span<byte> tag)
    {
        var (start, end) = (AesGcm.NonceByteSizes.MaxSize, bytes.Length - AesGcm.TagByteSizes.MaxSize);
        nonce = bytes[..start];
        text = bytes[start..end];
        tag = bytes[end..];
    }
}
