using System.Diagnostics;
using System.Diagnostics.Metrics;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Audit;

/// <summary>What was audited, by kind and outcome, and how batches fared. Names and labels are part of the contract.</summary>
internal sealed class AuditMetrics : IDisposable
{
    private readonly ActivitySource _source = new(Instrumentation.Name);
    private readonly Counter<long> _events;
    private readonly Counter<long> _denials;
    private readonly Counter<long> _sessions;
    private readonly Counter<long> _refreshes;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _leftOut;
    private readonly Histogram<int> _rows;
    private readonly Histogram<double> _duration;

    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Instrumentation.Name);
        _events = meter.CreateCounter<long>("embedstack.audit.events", "{event}", "Audited events, by kind and outcome.");
        _denials = meter.CreateCounter<long>("embedstack.denials", "{denial}", "What was refused, by kind and reason.");
        _sessions = meter.CreateCounter<long>("embedstack.sessions", "{session}", "Sessions that began, ended or were refused.");
        _refreshes = meter.CreateCounter<long>("embedstack.session.refreshes", "{refresh}", "Renewals of sessions' tokens, by outcome.");
        _failures = meter.CreateCounter<long>("embedstack.audit.failures", "{batch}", "Batches that could not be written.");
        _leftOut = meter.CreateCounter<long>("embedstack.audit.left_out", "{event}", "Refusals beyond what one source may have audited, by kind.");
        _rows = meter.CreateHistogram<int>("embedstack.audit.batch.rows", "{event}", "Events that share a commit.");
        _duration = meter.CreateHistogram<double>("embedstack.audit.batch.duration", "s", "Time to commit a batch.");
    }

    public void Count(AuditRow row)
    {
        _events.Add(1, new("kind", row.Kind), new("outcome", row.Outcome));
        if (row.Outcome == "refused")
        {
            _denials.Add(1, new("kind", row.Kind), new("reason", row.Reason));
        }

        switch (row.Kind)
        {
            case AuditKind.SignIn:
                _sessions.Add(1, new KeyValuePair<string, object?>("event", row.Outcome == "refused" ? "refused" : "began"));
                break;
            case AuditKind.SessionEnded when row.Reason == Problems.InvalidLogoutToken.Slug:
                _sessions.Add(1, new KeyValuePair<string, object?>("event", "refused"));
                break;
            case AuditKind.SignOut or AuditKind.SessionEnded:
                _sessions.Add(1, new KeyValuePair<string, object?>("event", "ended"));
                break;
            case AuditKind.Refresh:
                _refreshes.Add(1, new KeyValuePair<string, object?>("outcome", row.Reason ?? row.Outcome));
                break;
        }
    }

    public void LeaveOut(string kind) => _leftOut.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public Measure Start(int rows, IEnumerable<ActivityContext?> callers)
    {
        var links = callers.OfType<ActivityContext>().Distinct().Select(caller => new ActivityLink(caller));
        return new Measure(this, _source.StartActivity("write audit batch", ActivityKind.Internal, default(ActivityContext), links: links), rows);
    }

    public void Dispose() => _source.Dispose();

    internal sealed class Measure(AuditMetrics metrics, Activity? activity, int rows) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private bool _written;

        public void Succeed() => _written = true;

        public void Dispose()
        {
            activity?.SetTag("embedstack.audit.rows", rows);
            if (_written)
            {
                metrics._rows.Record(rows);
                metrics._duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds);
            }
            else
            {
                metrics._failures.Add(1);
                activity?.SetStatus(ActivityStatusCode.Error);
            }

            activity?.Dispose();
        }
    }
}
