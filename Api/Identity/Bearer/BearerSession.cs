using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.Api.Identity.Bearer;

/// <summary>
/// Callers with a token have no session of ours. What stands for one in assertions, audit and revocations is made of
/// the subject alone: it is the same for all tokens of a person or machine, so that revoking it ends them all.
/// </summary>
internal static class BearerSession
{
    /// <summary>Whether it stands for a caller with a token: sessions' own ids are random.</summary>
    public static bool Is(Guid id) => id.Version == 8;

    public static Guid IdOf(string subject)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"embedstack bearer {subject}"))[..16];
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x80), (byte)((bytes[8] & 0x3F) | 0x80)); // RFC 9562: version 8
        return new Guid(bytes, bigEndian: true);
    }
}
