using Npgsql;
using NpgsqlTypes;

namespace EmbedStack.ClinicData.Loading;

/// <summary>The columns of one row of a binary COPY, in order.</summary>
internal sealed class CopyRow(NpgsqlBinaryImporter copy)
{
    public CopyRow Text(string value) => Write(value, NpgsqlDbType.Text);

    public CopyRow Int(int value) => Write(value, NpgsqlDbType.Integer);

    public CopyRow Int(int? value) => value is { } some ? Int(some) : Null();

    public CopyRow Flag(bool value) => Int(value ? 1 : 0);

    public CopyRow Short(short value) => Write(value, NpgsqlDbType.Smallint);

    public CopyRow Short(short? value) => value is { } some ? Short(some) : Null();

    public CopyRow Long(long value) => Write(value, NpgsqlDbType.Bigint);

    public CopyRow Money(decimal value) => Write(value, NpgsqlDbType.Numeric);

    public CopyRow Date(DateOnly value) => Write(value, NpgsqlDbType.Date);

    public CopyRow Timestamp(DateTime value) => Write(value, NpgsqlDbType.Timestamp);

    private CopyRow Write<T>(T value, NpgsqlDbType type)
    {
        copy.Write(value, type);
        return this;
    }

    private CopyRow Null()
    {
        copy.WriteNull();
        return this;
    }
}
