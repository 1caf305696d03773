using Npgsql;

namespace EmbedStack.Api.Audit.Verification;

/// <summary>A batch's record as it stands, and what its rows come to.</summary>
internal sealed record StoredBatch(AuditBatch Record, IReadOnlyList<StoredRow> Rows)
{
    public static AuditBatch ReadRecord(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2), row.GetInt32(3), row.Get<byte[]>(4), row.GetOrNull<DateOnly>(5), (byte[])row[6]);

    /// <returns>What is wrong with it by itself, or null.</returns>
    public string? Check()
    {
        if (Rows.Count > Record.Rows)
        {
            return AuditFindingKind.RowsInserted;
        }

        if (!Rows.Select(row => row.Position).SequenceEqual(Enumerable.Range(0, Record.Rows)))
        {
            return AuditFindingKind.RowsRemoved;
        }

        var hash = AuditHash.OfBatch(
            Record.Instance, Record.Day, Record.Number, Record.Previous, Record.PreviousDay, [.. Rows.Select(row => row.Hash)]);
        return hash.AsSpan().SequenceEqual(Record.Hash) ? null : AuditFindingKind.Altered;
    }
}
