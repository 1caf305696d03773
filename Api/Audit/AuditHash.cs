using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.Api.Audit;

/// <summary>
/// SHA-256 over a batch: the hash that it follows, its place, and each row's hash. Every field of a row counts, as its
/// length and its bytes, so that no two rows are the same text.
/// </summary>
internal sealed class AuditHash : IDisposable
{
    private const byte Form = 1;
    private const int Missing = -1;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static byte[] OfBatch(
        Guid instance, DateOnly day, long number, byte[]? previous, DateOnly? previousDay, IReadOnlyCollection<byte[]> rows)
    {
        using var hash = new AuditHash();
        hash.Add(Form);
        hash.Add(previous);
        hash.Add(previousDay?.DayNumber ?? Missing);
        hash.Add(instance.ToByteArray());
        hash.Add(day.DayNumber);
        hash.Add(number);
        hash.Add(rows.Count);
        foreach (var row in rows)
        {
            hash.Add(row);
        }

        return hash._hash.GetHashAndReset();
    }

    public static byte[] OfRow(AuditRow row)
    {
        using var hash = new AuditHash();
        hash.Add(Form);
        hash.Add(row.At.UtcTicks);
        hash.Add(row.Kind);
        hash.Add(row.Outcome);
        hash.Add(row.Reason);
        hash.Add(row.Person?.ToByteArray());
        hash.Add(row.Session?.ToByteArray());
        hash.Add(row.Tenant);
        hash.Add(row.Role);
        hash.Add(row.Dashboards);
        hash.Add(row.RuleDatasets);
        hash.Add(row.RuleCount is { } count ? count : long.MinValue);
        hash.Add(row.TokenSha256);
        hash.Add(row.KeyId?.ToByteArray());
        hash.Add(row.Origin);
        hash.Add(row.CorrelationId);
        return hash._hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Add(string? text) => Add(text is null ? null : Encoding.UTF8.GetBytes(text));

    private void Add(string[]? texts)
    {
        Add(texts?.Length ?? Missing);
        foreach (var text in texts ?? [])
        {
            Add(text);
        }
    }

    private void Add(byte[]? bytes)
    {
        Add(bytes?.Length ?? Missing);
        _hash.AppendData(bytes ?? []);
    }

    private void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
