using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>A dashboard reaches a dataset that has no rule: nobody sees it until somebody writes one.</summary>
internal sealed class UncoveredDataset : IAlarmRule
{
    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row) => row.Reason == Problems.Uncovered.Slug
        ? [new Alarm(AlarmKind.UncoveredDataset, row.At) { Tenant = row.Tenant, Dashboards = row.Dashboards, CorrelationId = row.CorrelationId }]
        : [];
}
