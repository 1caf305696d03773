namespace EmbedStack.Api.Audit;

/// <summary>
/// This instance's chain: where it stands, known from what was committed. Its end after a failed commit is not known, so
/// that the next batch begins a chain of its own.
/// </summary>
internal sealed class AuditChain
{
    private AuditLink? _last;
    private long _number;

    private AuditChain(AuditLink? last) => _last = last;

    public Guid Instance { get; } = Guid.NewGuid();

    /// <summary>Begins a chain after the last hash that there is.</summary>
    public static AuditChain After(AuditLink? last) => new(last);

    public AuditChain Renew() => new(_last);

    /// <summary>The batch that these rows make; nothing is changed before it is accepted.</summary>
    public AuditBatch Next(DateOnly today, IReadOnlyCollection<AuditRow> rows)
    {
        // A clock that was set back over midnight does not reopen a day.
        var continues = _number > 0 && today <= _last!.Day;
        var day = continues ? _last!.Day : today;
        var number = continues ? _number + 1 : 1;
        var previousDay = _last?.Day;
        var hash = AuditHash.OfBatch(Instance, day, number, _last?.Hash, previousDay, [.. rows.Select(AuditHash.OfRow)]);
        return new AuditBatch(Instance, day, number, rows.Count, _last?.Hash, previousDay, hash);
    }

    public void Accept(AuditBatch committed) => (_last, _number) = (new AuditLink(committed.Day, committed.Hash), committed.Number);
}
