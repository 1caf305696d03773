using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EmbedStack.Api.GuestTokens;

/// <summary>A span for each mint, how long it took, and how it ended.</summary>
internal sealed class MintMetrics(IMeterFactory meters) : IDisposable
{
    private readonly ActivitySource _source = new(Instrumentation.Name);
    private readonly Histogram<double> _duration =
        meters.Create(Instrumentation.Name).CreateHistogram<double>("embedstack.mint.duration", "s", "Time to mint a guest token.");

    public Measure Start() => new(_source.StartActivity("mint guest token"), _duration);

    public void Dispose() => _source.Dispose();

    internal sealed class Measure(Activity? activity, Histogram<double> duration) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private string _outcome = "error";

        public void Succeed() => _outcome = "minted";

        public void Refuse(string reason) => _outcome = reason;

        public void Dispose()
        {
            activity?.SetTag("embedstack.mint.outcome", _outcome);
            duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new KeyValuePair<string, object?>("outcome", _outcome));
            activity?.Dispose();
        }
    }
}
