using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>More tokens for one person than pages ask for.</summary>
internal sealed class TokenRate(AlarmLimits limits) : IAlarmRule
{
    private readonly RecentCounts _counts = new(limits.TokensWithin);

    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row)
    {
        if (row is { Kind: AuditKind.Mint, Person: { } person } && _counts.Add($"{person}", row.At) is var count && count > limits.Tokens)
        {
            yield return new Alarm(AlarmKind.TokenRate, row.At)
            {
                Tenant = row.Tenant, Person = person, Count = count, Window = limits.TokensWithin, CorrelationId = row.CorrelationId,
            };
        }
    }
}
