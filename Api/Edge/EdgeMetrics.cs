using System.Diagnostics;
using System.Diagnostics.Metrics;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>
/// How long answers took, by route, source and outcome: hits are those whose source is not Superset. And the line in front
/// of Superset. Names and labels are part of the contract.
/// </summary>
internal sealed class EdgeMetrics
{
    /// <summary>What stands for the route where there is none.</summary>
    public const string NoRoute = "none";
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;

    public EdgeMetrics(IMeterFactory meters, SupersetQueue queue)
    {
        var meter = meters.Create(Instrumentation.Name);
        _duration = meter.CreateHistogram<double>("embedstack.edge.duration", "s", "Time to answer an embedded page's request, by route, source and outcome.");
        _wait = meter.CreateHistogram<double>("embedstack.edge.queue.wait", "s", "Time that a request waited for Superset.");
        meter.CreateObservableGauge("embedstack.edge.queue.waiting", () => queue.Waiting, "{request}", "Requests that wait for Superset.");
        meter.CreateObservableGauge("embedstack.edge.queue.working", () => queue.Working, "{request}", "Requests that Superset works on.");
    }

    public void Answered(string route, EdgeSource source, HttpContext context, long started) => Record(route, source, Outcome(context), started);

    public void Stopped(string route, string reason, long started) => Record(route, EdgeSource.Edge, reason, started);

    /// <param name="started">When the wait began.</param>
    /// <param name="isTurn">Whether it ended with a turn, or was given up.</param>
    public void Waited(long started, bool isTurn) =>
        _wait.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("outcome", isTurn ? "turn" : "refused"));

    private static string Outcome(HttpContext context) => context.RequestAborted.IsCancellationRequested ? AuditReason.CallerGone : context.Features.Get<Problem>()?.Reason ?? "answered";

    private void Record(string route, EdgeSource source, string outcome, long started) => _duration.Record(
        Stopwatch.GetElapsedTime(started).TotalSeconds,
        new("route", route), new("source", source.ToString().ToLowerInvariant()), new("outcome", outcome));
}
