using System.Net;
using EmbedStack.Api.Alarms;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Tests.Stack;
using Npgsql;

namespace EmbedStack.Api.Tests.Alarms;

public sealed class ProxyTests(ApiFixture api, ProxyTests.ProxiedApi proxied, ProxyTests.DeployedApi deployed)
    : IClassFixture<ApiFixture>, IClassFixture<ProxyTests.ProxiedApi>, IClassFixture<ProxyTests.DeployedApi>
{
    [Fact]
    public async Task NobodysWordOnAddressesCountsByDefault() =>
        Assert.Equal("127.0.0.1", await AddressOfAsync(api, "203.0.113.7"));

    // Deployments set it, Aspire's among them: by the framework's own means it lets anybody say where a request comes from.
    [Fact]
    public async Task FrameworksOwnSwitchChangesNothing() =>
        Assert.Equal("127.0.0.1", await AddressOfAsync(deployed, "203.0.113.7"));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("192.0.2.66, 203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public async Task TrustedProxysNextHopIsTheAddress(string forwarded, string address) =>
        Assert.Equal(address, await AddressOfAsync(proxied, forwarded));

    [Fact]
    public async Task ForwardedHostAndSchemeNeverCount()
    {
        using var browser = proxied.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/bff/login?returnUrl=/") { Headers = { { "X-Forwarded-Host", "evil.example" }, { "X-Forwarded-Proto", "https" }, { "X-Forwarded-For", "203.0.113.7" } } };
        using var answer = await browser.SendAsync(request);
        Assert.Contains(Uri.EscapeDataString(ApiFixture.AppOrigin), answer.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoCountriesOfATrustedProxyRingAndOthersWordDoesNot()
    {
        Assert.Empty(await CountriesAsync(api));
        Assert.Equal(AlarmKind.TwoCountries, Assert.Single(await CountriesAsync(proxied)));
    }

    private static async Task<string?> AddressOfAsync(ApiFixture api, string forwarded)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        await MintAsync(browser, forwarded, "AU");
        var row = Assert.Single(await api.Database.QueryAsync("select key_id, origin from audit.events where kind = 'mint' and person = audit.person($1)", person.Subject));
        await using var connection = await api.Service<NpgsqlDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken);
        var keys = await api.Service<AuditKeys>().GetAsync(connection, [(Guid)row["key_id"]!], TestContext.Current.CancellationToken);
        return Assert.Single(keys).Value.Open((byte[])row["origin"]!)?.Address;
    }

    private static async Task<string[]> CountriesAsync(ApiFixture api)
    {
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        var rung = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var meters = api.Service<System.Diagnostics.Metrics.IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "embedstack.alarms" && instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => rung.Enqueue($"{tags[0].Value}"));
        listener.Start();
        using var browser = await api.SignInAsync(new TestPerson());
        await MintAsync(browser, "203.0.113.7", "AU");
        await MintAsync(browser, "203.0.113.7", "SE");
        return [.. rung];
    }

    private static async Task MintAsync(Browser browser, string forwarded, string country)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/superset/guest-token")
        {
            Content = new StringContent("""{"dashboard_key":"clinic"}""", System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "X-CSRF", "1" }, { "X-Forwarded-For", forwarded }, { "X-Country", country } },
        };
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public sealed class DeployedApi(TestDatabases postgres) : ApiFixture(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> OwnSettings => [new("ForwardedHeaders_Enabled", "true")];
    }

    public sealed class ProxiedApi(TestDatabases postgres) : ApiFixture(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
            [new("TrustedProxies:0", "127.0.0.0/8"), new("TrustedProxies:1", "10.0.0.0/8"), new("CountryHeader", "X-Country")];
    }
}
