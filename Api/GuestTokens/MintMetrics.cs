using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EmbedStack.Api.GuestTokens;

/// <summary>A span for each mint, how long it took, and how it ended.</summary>
internal sealed class MintMetrics(IMeterFactory meters, GuestTokenSettings settings) : IDisposable
{
    private readonly ActivitySource _source = new(Instrumentation.Name);
    private readonly Histogram<double> _duration =
        meters.Create(Instrumentation.Name).CreateHistogram<double>("embedstack.mint.duration", "s", "Time to mint a guest token.");

    public Measure Start() => new(_source.StartActivity("mint guest token"), _duration, settings.IsSigned ? "signed" : "handshake");

    public void Dispose() => _source.Dispose();

    internal sealed class Measure(Activity? activity, Histogram<double> duration, string way) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private string _outcome = "error";
        private string _way = way;

        public void Succeed() => _outcome = "minted";

        public void Reuse() => _way = "reused";

        public void Refuse(string reason) => _outcome = reason;

        public void Dispose()
        {
            activity?.SetTag("embedstack.mint.outcome", _outcome).SetTag("embedstack.mint.way", _way);
            duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new("outcome", _outcome), new("way", _way));
            activity?.Dispose();
        }
    }
}
