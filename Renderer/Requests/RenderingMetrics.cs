using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EmbedStack.Renderer.Requests;

/// <summary>How long renderings took and how large they are, by format and outcome. Names and labels are part of the contract.</summary>
internal sealed class RenderingMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _size;

    public RenderingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Instrumentation.Name);
        _duration = meter.CreateHistogram<double>("embedstack.renderer.duration", "s", "Time from a request to its picture, waiting included, by format and outcome.");
        _size = meter.CreateHistogram<long>("embedstack.renderer.size", "By", "Bytes of a picture, by format.");
    }

    public Measure Start(string format) => new(this, format);

    internal sealed class Measure(RenderingMetrics metrics, string format) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private string _outcome = "failed";

        public void Succeed(long bytes)
        {
            _outcome = "rendered";
            metrics._size.Record(bytes, new KeyValuePair<string, object?>("format", format));
        }

        public void Stop(StopReason reason) => _outcome = reason.Name;

        public void Dispose() => metrics._duration.Record(
            Stopwatch.GetElapsedTime(_started).TotalSeconds, new("format", format), new("outcome", _outcome));
    }
}
