using System.Buffers.Binary;
using System.Buffers.Text;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>The row after which the next page begins. It decides nothing about what its holder may see.</summary>
internal sealed record AuditCursor(DateTimeOffset At, Guid Instance, long Batch, int Position)
{
    private const int Size = sizeof(long) + 16 + sizeof(long) + sizeof(int);
    private static readonly long Latest = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static AuditCursor? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        try
        {
            if (text.Length > 2 * Size || !Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != Size)
            {
                return null;
            }
        }
        catch (FormatException)
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < 0 || ticks > Latest
            ? null
            : new AuditCursor(
                new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..24]), BinaryPrimitives.ReadInt64BigEndian(bytes[24..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[32..]));
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        Instance.TryWriteBytes(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[24..], Batch);
        BinaryPrimitives.WriteInt32BigEndian(bytes[32..], Position);
        return Base64Url.EncodeToString(bytes);
    }
}
