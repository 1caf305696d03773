using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace EmbedStack.Renderer.Tests;

/// <summary>The colours of a picture as Chromium writes one: eight bits a channel, not interlaced.</summary>
internal sealed class PngPixels
{
    private readonly int _channels;
    private readonly byte[][] _rows;

    public PngPixels(byte[] png)
    {
        Width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        _channels = png[25] == 6 ? 4 : 3;
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (Encoding.ASCII.GetString(png, at + 4, 4) == "IDAT")
            {
                packed.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        _rows = [.. Rows(unpacked, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)))];
    }

    public int Width { get; }

    public int Height => _rows.Length;

    public (byte Red, byte Green, byte Blue) this[int x, int y] => (_rows[y][x * _channels], _rows[y][(x * _channels) + 1], _rows[y][(x * _channels) + 2]);

    private IEnumerable<byte[]> Rows(Stream unpacked, int count)
    {
        var (above, filter) = (new byte[Width * _channels], new byte[1]);
        for (var row = 0; row < count; row++)
        {
            var line = new byte[Width * _channels];
            unpacked.ReadExactly(filter);
            unpacked.ReadExactly(line);
            for (var at = 0; at < line.Length; at++)
            {
                int left = at < _channels ? 0 : line[at - _channels], upper = above[at], corner = at < _channels ? 0 : above[at - _channels];
                line[at] += (byte)(filter[0] switch { 0 => 0, 1 => left, 2 => upper, 3 => (left + upper) / 2, _ => Nearest(left, upper, corner) });
            }

            yield return above = line;
        }
    }

    private static int Nearest(int left, int upper, int corner)
    {
        var (toLeft, toUpper, toCorner) = (Math.Abs(upper - corner), Math.Abs(left - corner), Math.Abs(left + upper - (2 * corner)));
        return toLeft <= toUpper && toLeft <= toCorner ? left : toUpper <= toCorner ? upper : corner;
    }
}
