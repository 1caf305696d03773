using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>
/// Tokens of one person for two networks at once: another asks while the tokens of the one before may still be alive. Who
/// moves from one to another in between is no alarm.
/// </summary>
internal sealed class TwoNetworks(AlarmLimits limits) : IAlarmRule
{
    private readonly RecentKeys<int> _seen = new(limits.NetworksWithin);

    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row)
    {
        if (row is not { Kind: AuditKind.Mint, Outcome: "allowed", Person: { } person } || Networks.Of(entry.Event.Address) is not { } network)
        {
            yield break;
        }

        var (key, here) = ($"{person}", StringComparer.Ordinal.GetHashCode(network));
        var known = _seen.Find(key, row.At);
        _seen.Set(key, here, row.At);
        if (known is { } there && there != here)
        {
            yield return new Alarm(AlarmKind.TwoNetworks, row.At)
            {
                Tenant = row.Tenant, Person = person, Count = 2, Window = limits.NetworksWithin, CorrelationId = row.CorrelationId,
            };
        }
    }
}
