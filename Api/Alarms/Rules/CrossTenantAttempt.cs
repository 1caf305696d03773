using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>Somebody named another tenant than the own.</summary>
internal sealed class CrossTenantAttempt : IAlarmRule
{
    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row) => row.Reason == AuditReason.OtherTenant
        ? [new Alarm(AlarmKind.CrossTenantAttempt, row.At) { Tenant = row.Tenant, Person = row.Person, CorrelationId = row.CorrelationId }]
        : [];
}
