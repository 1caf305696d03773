using EmbedStack.Api.Audit;
using EmbedStack.Api.GuestTokens;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>A token that lives longer than is configured: Superset, or whoever signs, is configured otherwise than we are.</summary>
internal sealed class TokenLifetime(GuestTokenSettings settings) : IAlarmRule
{
    // For Superset's clock, where the token is its own.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row) => entry.Event.TokenExpiresAt - row.At > settings.Lifetime + Leeway
        ? [new Alarm(AlarmKind.TokenLifetime, row.At) { Tenant = row.Tenant, Dashboards = row.Dashboards, CorrelationId = row.CorrelationId }]
        : [];
}
