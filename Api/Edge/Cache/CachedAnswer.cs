namespace EmbedStack.Api.Edge.Cache;

/// <summary>An answer as it is kept.</summary>
/// <param name="Body">Compressed by Brotli.</param>
/// <param name="Length">Of the body before.</param>
/// <param name="Rows">How many rows of data it holds, for the audit.</param>
/// <param name="FilledAt">When the database was asked.</param>
/// <param name="FreshUntil">Up to when nobody needs to ask again.</param>
/// <param name="UsableUntil">Up to when it may be shown while somebody asks again.</param>
internal sealed record CachedAnswer(
    byte[] Body, int Length, int Rows, DateTimeOffset FilledAt, DateTimeOffset FreshUntil, DateTimeOffset UsableUntil)
{
    private const byte Form = 1;

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(Body.Length + 64);
        using var writer = new BinaryWriter(bytes);
        writer.Write(Form);
        writer.Write(Length);
        writer.Write(Rows);
        writer.Write(FilledAt.UtcTicks);
        writer.Write(FreshUntil.UtcTicks);
        writer.Write(UsableUntil.UtcTicks);
        writer.Write(Body);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <returns>Null where another version of this program wrote it.</returns>
    public static CachedAnswer? Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        try
        {
            return reader.ReadByte() != Form
                ? null
                : new CachedAnswer([], reader.ReadInt32(), reader.ReadInt32(), Time(reader), Time(reader), Time(reader))
                {
                    Body = bytes[(int)reader.BaseStream.Position..],
                };
        }
        catch (Exception exception) when (exception is EndOfStreamException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DateTimeOffset Time(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);
}
