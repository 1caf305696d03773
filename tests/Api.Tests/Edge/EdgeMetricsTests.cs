using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>What the edge tells of itself.</summary>
public sealed class EdgeMetricsTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    [Fact]
    public async Task AnswersAndRefusalsAreMeasuredByRouteSourceAndOutcome()
    {
        var seen = new ConcurrentDictionary<string, byte>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "embedstack.edge.duration" && ReferenceEquals(instrument.Meter.Scope, api.Service<IMeterFactory>()))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => seen[string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))] = 0);
        listener.Start();

        using var answer = await api.ReadAsync(await api.TokenAsync(new TestPerson()));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var refused = await api.ReadAsync("no.token.here");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var browser = api.NewEmbedBrowser();
        using var nothing = await browser.GetAsync("/login/");
        using var nobody = await browser.GetAsync($"/embedded/{Guid.NewGuid()}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (nothing.StatusCode, nobody.StatusCode));

        foreach (var expected in new[]
        {
            "route=chart data source=superset outcome=answered", "route=chart data source=edge outcome=no-guest-token",
            "route=none source=edge outcome=not-found", "route=embedded page source=edge outcome=not-found",
        })
        {
            await Eventually.TrueAsync($"'{expected}' is measured", () => Task.FromResult(seen.ContainsKey(expected)));
        }
    }
}
