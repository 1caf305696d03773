using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>
/// A file of the spool: batches, each with its length, sealed by the data-protection keys. A batch that is not whole was never
/// answered for, and is left out.
/// </summary>
internal sealed class SpoolSegment(IDataProtectionProvider protection)
{
    private const int LargestBatch = 16 * 1024 * 1024;
    private readonly IDataProtector _protector = protection.CreateProtector("EmbedStack.DataAccess.Spool.v1");

    public byte[] Seal(IReadOnlyList<DataAccessEntry> entries)
    {
        var text = _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(entries));
        var bytes = new byte[sizeof(int) + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, sizeof(int));
        return bytes;
    }

    /// <exception cref="CryptographicException">A key is missing, or the file was altered.</exception>
    public List<DataAccessEntry[]> Read(ReadOnlySpan<byte> bytes)
    {
        var batches = new List<DataAccessEntry[]>();
        while (bytes.Length > sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(bytes) is > 0 and <= LargestBatch and var length && bytes.Length >= sizeof(int) + length)
        {
            batches.Add(JsonSerializer.Deserialize<DataAccessEntry[]>(_protector.Unprotect(bytes.Slice(sizeof(int), length).ToArray()))!);
            bytes = bytes[(sizeof(int) + length)..];
        }

        return batches;
    }
}
