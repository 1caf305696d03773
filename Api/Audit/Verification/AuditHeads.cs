using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Audit.Verification;

/// <summary>Holds each instance's last batch against its head: the end of a chain can only be missed by what stands beside it.</summary>
internal static class AuditHeads
{
    private const string All = "select instance, day, number, hash from audit.heads order by instance";

    public static Task<List<AuditHead>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.QueryAsync(
        All, [],
        row => new AuditHead(row.GetGuid(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2), Convert.ToHexStringLower((byte[])row[3])),
        cancellationToken);

    /// <param name="heads">Those whose batch should be among what was read.</param>
    /// <param name="all">Every instance's.</param>
    /// <param name="lasts">The last batch of each instance, of those that were read.</param>
    public static IEnumerable<AuditFinding> Check(
        IEnumerable<AuditHead> heads, IEnumerable<AuditHead> all, IReadOnlyDictionary<Guid, AuditBatch> lasts)
    {
        var byInstance = all.ToDictionary(head => head.Instance);
        var cut = heads
            .Where(head => !lasts.TryGetValue(head.Instance, out var last) || Compare(last, head) < 0)
            .Select(head => new AuditFinding(AuditFindingKind.BatchRemoved, head.Day, head.Instance, head.Number));
        var wrong = lasts.Values
            .Where(last => !byInstance.TryGetValue(last.Instance, out var head) || Compare(last, head) > 0 || IsOther(last, head))
            .Select(last => new AuditFinding(AuditFindingKind.HeadAltered, last.Day, last.Instance, last.Number));
        return cut.Concat(wrong);
    }

    private static int Compare(AuditBatch batch, AuditHead head) => (batch.Day, batch.Number).CompareTo((head.Day, head.Number));

    private static bool IsOther(AuditBatch batch, AuditHead head) =>
        Compare(batch, head) == 0 && Convert.ToHexStringLower(batch.Hash) != head.Hash;
}
