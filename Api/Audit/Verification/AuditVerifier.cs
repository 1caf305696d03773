using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Audit.Verification;

/// <summary>
/// Computes the hashes of some days anew. It reads one day after the other within one snapshot, so that what is written
/// meanwhile is no finding, and holds hashes only.
/// </summary>
internal sealed class AuditVerifier(VerifierDatabase database)
{
    private const int MostFindings = 1000;

    private const string Days = """
        select distinct day from (select day from audit.batches union select day from audit.events) days
        where day between $1 and $2 order by day
        """;

    private const string Batches =
        "select instance, day, number, rows, previous, previous_day, hash from audit.batches where day = $1 order by instance, number";

    private const string Rows =
        $"select {AuditReader.Columns}, instance, batch, position from audit.events where day = $1 order by instance, batch, position";

    private const string Follows = """
        select exists (select from audit.batches where day = $1 and hash = $2)
            or $1 < date_trunc('month', now() at time zone 'UTC') - make_interval(months => retention_months)
        from audit.settings
        """;

    private const string Unexplained = """
        select distinct on (person) instance, batch from audit.events
        where day = $1 and person is not null
            and not exists (select from audit.keys where id = person) and not exists (select from audit.erasures where erasures.person = events.person)
        order by person, instance, batch
        """;

    private const string Erasures = "select count(*) from audit.erasures where at >= $1 and at < $2";

    public async Task<AuditVerdict> VerifyAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var findings = new List<AuditFinding>();
        var lasts = new Dictionary<Guid, AuditBatch>();
        var (rows, batches) = (0L, 0L);
        foreach (var day in await connection.QueryAsync(Days, [from, to], row => row.GetFieldValue<DateOnly>(0), cancellationToken))
        {
            var stored = await ReadAsync(connection, day, findings, cancellationToken);
            findings.AddRange(await connection.QueryAsync(
                Unexplained, [day], row => new AuditFinding(AuditFindingKind.KeyRemoved, day, row.GetGuid(0), row.GetInt64(1)), cancellationToken));
            foreach (var chain in stored.GroupBy(batch => batch.Record.Instance))
            {
                await CheckAsync(connection, [.. chain], findings, cancellationToken);
                lasts[chain.Key] = chain.Last().Record;
            }

            (rows, batches) = (rows + stored.Sum(batch => batch.Rows.Count), batches + stored.Count);
        }

        var all = await AuditHeads.ReadAsync(connection, cancellationToken);
        AuditHead[] heads = [.. all.Where(head => head.Day >= from && head.Day <= to)];
        findings.AddRange(AuditHeads.Check(heads, all, lasts));
        var erasures = await connection.QueryAsync(Erasures, [Midnight(from), Midnight(to.AddDays(1))], row => row.GetInt64(0), cancellationToken);
        return new AuditVerdict(
            from, to, findings.Count == 0, rows, batches, erasures.Single(), heads,
            [.. findings.OrderBy(finding => (finding.Day, finding.Instance, finding.Batch)).Take(MostFindings)]);
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static async Task<List<StoredBatch>> ReadAsync(
        NpgsqlConnection connection, DateOnly day, List<AuditFinding> findings, CancellationToken cancellationToken)
    {
        var records = await connection.QueryAsync(Batches, [day], StoredBatch.ReadRecord, cancellationToken);
        var rows = (await connection.QueryAsync(Rows, [day], StoredRow.Read, cancellationToken)).ToLookup(row => (row.Instance, row.Batch));
        findings.AddRange(rows
            .Select(row => row.Key)
            .Except(records.Select(record => (record.Instance, record.Number)))
            .Select(orphan => new AuditFinding(AuditFindingKind.RowsInserted, day, orphan.Instance, orphan.Item2)));
        return [.. records.Select(record => new StoredBatch(record, [.. rows[(record.Instance, record.Number)]]))];
    }

    private static async Task CheckAsync(
        NpgsqlConnection connection, IReadOnlyList<StoredBatch> chain, List<AuditFinding> findings, CancellationToken cancellationToken)
    {
        StoredBatch? former = null;
        foreach (var batch in chain)
        {
            var (number, previous) = (batch.Record.Number, batch.Record.Previous);
            var follows = former is null
                ? number == 1 && await FollowsAsync(connection, batch.Record, cancellationToken)
                : number == former.Record.Number + 1 && previous.AsSpan().SequenceEqual(former.Record.Hash);
            if (!follows)
            {
                findings.Add(Finding(AuditFindingKind.BatchRemoved, batch));
            }

            if (batch.Check() is { } problem)
            {
                findings.Add(Finding(problem, batch));
            }

            former = batch;
        }
    }

    private static async Task<bool> FollowsAsync(NpgsqlConnection connection, AuditBatch first, CancellationToken cancellationToken) =>
        first is { Previous: { } hash, PreviousDay: { } day }
            ? await connection.QueryAsync(Follows, [day, hash], row => row.GetBoolean(0), cancellationToken) is [true]
            : first is { Previous: null, PreviousDay: null };

    private static AuditFinding Finding(string kind, StoredBatch batch) =>
        new(kind, batch.Record.Day, batch.Record.Instance, batch.Record.Number);
}
