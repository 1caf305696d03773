using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>An Api in front of a Superset that works on one request at a time.</summary>
public sealed class SingleFixture(TestDatabases postgres) : ExchangeFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings => [.. base.OwnSettings, new("Edge:Limits:Superset", "1")];
}

/// <summary>What the line in front of Superset tells of itself.</summary>
public sealed class QueueMetricsTests(SingleFixture api) : IClassFixture<SingleFixture>
{
    private const string Prefix = "embedstack.edge.queue.";

    [Fact]
    public async Task WhoWaitsIsCountedAndForHowLong()
    {
        var (gauges, waits) = (new ConcurrentDictionary<string, int>(), new ConcurrentBag<double>());
        using var listener = new MeterListener
        {
            // Of this Api alone: others of the process have the same instruments.
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name.StartsWith(Prefix, StringComparison.Ordinal) && ReferenceEquals(instrument.Meter.Scope, api.Service<IMeterFactory>()))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => gauges[instrument.Name[Prefix.Length..]] = value);
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => waits.Add(value));
        listener.Start();

        var token = await api.TokenAsync(new TestPerson());
        var release = new TaskCompletionSource();
        api.Superset.Answer = _ => release.Task.WaitAsync(TimeSpan.FromSeconds(60));
        try
        {
            var asked = Enumerable.Range(0, 4).Select(_ => api.ReadAsync(token)).ToArray();
            await Eventually.TrueAsync("one is worked on and three wait", () => Task.FromResult(Look() == (1, 3)));
            var before = waits.Count;
            release.SetResult();
            foreach (var answer in await Task.WhenAll(asked))
            {
                answer.Dispose();
            }

            Assert.Equal(3, waits.Count - before);
            await Eventually.TrueAsync("nobody waits any more", () => Task.FromResult(Look() == (0, 0)));
        }
        finally
        {
            release.TrySetResult();
            api.Superset.Answer = null;
        }

        (int Working, int Waiting) Look()
        {
            listener.RecordObservableInstruments();
            return (gauges.GetValueOrDefault("working", -1), gauges.GetValueOrDefault("waiting", -1));
        }
    }
}
