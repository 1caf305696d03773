using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>Tokens of one person for two countries, where a trusted proxy names them, sooner than anybody travels.</summary>
internal sealed class TwoCountries(AlarmLimits limits) : IAlarmRule
{
    private readonly RecentKeys<int> _seen = new(limits.CountriesWithin);

    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row)
    {
        if (row is not { Kind: AuditKind.Mint, Outcome: "allowed", Person: { } person } || entry.Event.Country is not { } country)
        {
            yield break;
        }

        var (key, here) = ($"{person}", StringComparer.OrdinalIgnoreCase.GetHashCode(country));
        var known = _seen.Find(key, row.At);
        _seen.Set(key, here, row.At);
        if (known is { } there && there != here)
        {
            yield return new Alarm(AlarmKind.TwoCountries, row.At)
            {
                Tenant = row.Tenant, Person = person, Count = 2, Window = limits.CountriesWithin, CorrelationId = row.CorrelationId,
            };
        }
    }
}
