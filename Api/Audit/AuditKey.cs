using System.Security.Cryptography;

namespace EmbedStack.Api.Audit;

/// <summary>A person's key, or a day's for those whom nobody knows. Without its secret nothing can be sealed or read.</summary>
internal sealed record AuditKey(Guid Id, byte[]? Secret)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(32);

    /// <summary>AES-GCM: nonce, tag, text; bound to the key's id.</summary>
    public byte[]? Seal(AuditOrigin origin)
    {
        if (Secret is null)
        {
            return null;
        }

        var text = origin.ToBytes();
        var sealedText = new byte[NonceSize + TagSize + text.Length];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(Secret, TagSize);
        cipher.Encrypt(
            sealedText.AsSpan(0, NonceSize), text, sealedText.AsSpan(NonceSize + TagSize), sealedText.AsSpan(NonceSize, TagSize), Id.ToByteArray());
        return sealedText;
    }

    /// <returns>Null where it was altered, or belongs to another key.</returns>
    public AuditOrigin? Open(byte[] sealedText)
    {
        if (Secret is null || sealedText.Length < NonceSize + TagSize)
        {
            return null;
        }

        var text = new byte[sealedText.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(Secret, TagSize);
        try
        {
            cipher.Decrypt(
                sealedText.AsSpan(0, NonceSize), sealedText.AsSpan(NonceSize + TagSize), sealedText.AsSpan(NonceSize, TagSize), text, Id.ToByteArray());
            return AuditOrigin.Read(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Tells sessions of a person apart, until the key is erased: who knows the session cannot find its rows then.</summary>
    public Guid? Derive(Guid session) =>
        Secret is null ? null : new Guid(HMACSHA256.HashData(Secret, session.ToByteArray()).AsSpan(0, 16));

    public override string ToString() => $"{Id}";
}
