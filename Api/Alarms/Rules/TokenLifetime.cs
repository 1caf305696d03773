using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>A token that lives longer than it may: Superset, or whoever signs, is configured otherwise than we are.</summary>
internal sealed class TokenLifetime(AlarmLimits limits) : IAlarmRule
{
    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row) => entry.Event.TokenExpiresAt - row.At > limits.LongestToken
        ? [new Alarm(AlarmKind.TokenLifetime, row.At) { Tenant = row.Tenant, Dashboards = row.Dashboards, CorrelationId = row.CorrelationId }]
        : [];
}
