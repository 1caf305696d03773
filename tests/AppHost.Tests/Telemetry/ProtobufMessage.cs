namespace EmbedStack.AppHost.Tests.Telemetry;

/// <summary>
/// Fields of a protobuf message by number. Google.Protobuf is not referenced: Aspire brings one of its own choice where
/// its packages are, and none where they are not.
/// </summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Varint(bytes.Span, ref at);
            var (number, length) = (tag & 7) switch
            {
                0 => (Varint(bytes.Span, ref at), 0),
                1 => (0UL, 8),
                2 => (0UL, (int)Varint(bytes.Span, ref at)),
                5 => (0UL, 4),
                _ => throw new InvalidDataException($"Wire type {tag & 7} is none."),
            };
            fields.Add(((int)(tag >> 3), number, bytes.Slice(at, length)));
            at += length;
        }
    }

    public ulong Number(int field) => fields.LastOrDefault(entry => entry.Field == field).Number;

    public ReadOnlyMemory<byte> Bytes(int field) => fields.LastOrDefault(entry => entry.Field == field).Bytes;

    public bool Has(int field) => fields.Any(entry => entry.Field == field);

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    public ProtobufMessage Message(int field) => new(Bytes(field));

    public IEnumerable<ProtobufMessage> Messages(int field) => fields.Where(entry => entry.Field == field).Select(entry => new ProtobufMessage(entry.Bytes));

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
