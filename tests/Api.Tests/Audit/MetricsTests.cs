using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

public sealed class MetricsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task NamesAndLabelsAreThoseOfTheDocumentation()
    {
        var seen = new ConcurrentQueue<string>();
        var meters = api.Service<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("embedstack.", StringComparison.Ordinal) && instrument.Meter.Scope == meters)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        listener.Start();

        using var browser = await api.SignInAsync(new TestPerson());
        using var minted = await browser.MintAsync("clinic");
        using var unknown = await browser.MintAsync("network");
        using var uncovered = await browser.MintAsync("uncovered");
        using var left = await browser.PostAsync("/bff/logout");
        Assert.DoesNotContain("embedstack.sessions event=refused", seen);
        var ended = seen.Count(name => name == "embedstack.sessions event=ended");
        using var forged = await api.NewBrowser().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/bff/backchannel-logout")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["logout_token"] = "a.b.c" }),
        });
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("embedstack.sessions event=refused", seen);
        Assert.Equal(ended, seen.Count(name => name == "embedstack.sessions event=ended"));

        await RefreshAsync("embedstack.session.refreshes outcome=allowed", person => { });
        await RefreshAsync("embedstack.session.refreshes outcome=refused-by-keycloak", person => person.RefreshAllowed = false);
        await RefreshAsync("embedstack.session.refreshes outcome=identity-unavailable", _ => api.Keycloak.Away = true);

        Assert.Superset(
            new HashSet<string>
            {
                "embedstack.sessions event=began", "embedstack.sessions event=ended",
                "embedstack.audit.events kind=mint outcome=allowed", "embedstack.audit.events kind=mint outcome=refused",
                "embedstack.denials kind=mint reason=unknown-dashboard", "embedstack.denials kind=mint reason=uncovered-dataset",
                "embedstack.audit.batch.rows", "embedstack.audit.batch.duration", "embedstack.alarms alarm=uncovered_dataset",
            },
            seen.ToHashSet());
        Assert.Contains(seen, name => name.StartsWith("embedstack.mint.duration", StringComparison.Ordinal) && name.Contains("outcome=minted", StringComparison.Ordinal));

        async Task RefreshAsync(string told, Action<TestPerson> change)
        {
            var person = new TestPerson();
            using var visitor = await api.SignInAsync(person);
            change(person);
            try
            {
                api.Clock.Advance(TimeSpan.FromSeconds(api.Keycloak.AccessTokenSeconds - 10));
                Assert.DoesNotContain(told, seen);
                using var user = await visitor.GetAsync("/bff/user");
                await Eventually.TrueAsync(told, () => Task.FromResult(seen.Contains(told)));
            }
            finally
            {
                api.Keycloak.Away = false;
            }
        }

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            seen.Enqueue(string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]));
    }
}
