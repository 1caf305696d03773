using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>Finds one kind of unusual in what is audited. Called for one event at a time, in their order.</summary>
internal interface IAlarmRule
{
    IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row);
}
