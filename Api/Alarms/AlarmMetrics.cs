using System.Diagnostics.Metrics;

namespace EmbedStack.Api.Alarms;

/// <summary>Alarms by kind, and those that no webhook took. Names and labels are part of the contract.</summary>
internal sealed class AlarmMetrics
{
    private readonly Counter<long> _alarms;
    private readonly Counter<long> _undelivered;

    public AlarmMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Instrumentation.Name);
        _alarms = meter.CreateCounter<long>("embedstack.alarms", "{alarm}", "Alarms that rang, by kind.");
        _undelivered = meter.CreateCounter<long>("embedstack.alarms.undelivered", "{alarm}", "Alarms that a webhook did not take.");
    }

    public void Ring(string kind) => _alarms.Add(1, new KeyValuePair<string, object?>("alarm", kind));

    public void Lose(string reason) => _undelivered.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
