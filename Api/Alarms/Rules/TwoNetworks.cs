using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>
/// Tokens of one person for two networks at once: the one that was left comes back soon. Who moves from one to another, and
/// stays there, is no alarm.
/// </summary>
internal sealed class TwoNetworks(AlarmLimits limits) : IAlarmRule
{
    private readonly RecentKeys<(int Now, int Before, DateTimeOffset Left)> _seen = new(TimeSpan.FromHours(1));

    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row)
    {
        if (row is not { Kind: AuditKind.Mint, Outcome: "allowed", Person: { } person } || Networks.Of(entry.Event.Address) is not { } network)
        {
            yield break;
        }

        var (key, here) = ($"{person}", StringComparer.Ordinal.GetHashCode(network));
        var known = _seen.Find(key, row.At) ?? (here, here, DateTimeOffset.MinValue);
        var moved = known.Now != here;
        _seen.Set(key, moved ? (here, known.Now, row.At) : known, row.At);
        if (moved && known.Before == here && row.At - known.Left < limits.NetworksWithin)
        {
            yield return new Alarm(AlarmKind.TwoNetworks, row.At)
            {
                Tenant = row.Tenant, Person = person, Count = 2, Window = limits.NetworksWithin, CorrelationId = row.CorrelationId,
            };
        }
    }
}
