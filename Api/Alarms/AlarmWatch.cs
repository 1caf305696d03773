using EmbedStack.Api.Alarms.Rules;
using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Alarms;

/// <summary>Holds each audited event against the rules, and tells what rings: to the log, the metrics and the webhooks.</summary>
internal sealed partial class AlarmWatch(
    IEnumerable<IAlarmRule> rules, IEnumerable<IAlarmListener> listeners, AlarmLimits limits, AlarmMetrics metrics, ILogger<AlarmWatch> logger)
    : IAuditObserver
{
    private readonly RecentKeys<DateTimeOffset> _told = new(limits.Quiet);

    public void Written(AuditEntry entry, AuditRow row)
    {
        foreach (var alarm in rules.SelectMany(rule => rule.Judge(entry, row)))
        {
            if (_told.Find(alarm.About, alarm.At) is null)
            {
                _told.Set(alarm.About, alarm.At, alarm.At);
                Ring(alarm);
            }
        }
    }

    private void Ring(Alarm alarm)
    {
        metrics.Ring(alarm.Kind);
        LogAlarm(alarm.Kind, alarm.Tenant, alarm.Person, alarm.Network, alarm.Count, alarm.CorrelationId);
        foreach (var listener in listeners)
        {
            listener.Rang(alarm);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Alarm {Alarm}: tenant {Tenant}, person {Person}, network {Network}, count {Count}, trace {Trace}")]
    private partial void LogAlarm(string alarm, string? tenant, Guid? person, string? network, int count, string? trace);
}
