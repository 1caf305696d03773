using System.Buffers;
using System.IO.Compression;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>The one form in which answers are kept and sent; who does not take it gets them unpacked.</summary>
internal static class Brotli
{
    private const int Quality = 5;

    // Whoever unpacks has that many bytes, as a power of two, in memory at a time.
    private const int Window = 18;

    public static byte[] Compress(ReadOnlySpan<byte> text)
    {
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(text.Length));
        try
        {
            return BrotliEncoder.TryCompress(text, packed, out var length, Quality, Window)
                ? packed[..length]
                : throw new InvalidOperationException("The answer could not be compressed.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>The text, as it is read.</summary>
    public static Stream Open(byte[] packed) => new BrotliStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
}
