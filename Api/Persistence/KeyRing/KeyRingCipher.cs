using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.Api.Persistence.KeyRing;

/// <summary>How the key ring is encrypted: AES-256-GCM, by a key derived from a secret.</summary>
internal static class KeyRingCipher
{
    /// <summary>The ring's elements that hold what is encrypted.</summary>
    public const string Element = "wrapped";

    private static readonly byte[] Purpose = "EmbedStack data protection key ring v1"u8.ToArray();

    public static string Protect(byte[] plain, string secret)
    {
        var result = new byte[AesGcm.NonceByteSizes.MaxSize + plain.Length + AesGcm.TagByteSizes.MaxSize];
        Split(result, out var nonce, out var text, out var tag);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Cipher(secret);
        aes.Encrypt(nonce, plain, text, tag, Purpose);
        return Convert.ToBase64String(result);
    }

    /// <returns>What was encrypted, or null where it was under another secret.</returns>
    public static byte[]? TryUnprotect(string wrapped, string secret)
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
