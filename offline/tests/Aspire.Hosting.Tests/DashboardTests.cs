using System.Net;

namespace EmbedStack.Offline.Tests;

/// <summary>The real dashboard, as a browser and as an application that sends telemetry see it.</summary>
public sealed class DashboardTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const string Trace = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"service"}}]},
        "scopeSpans":[{"scope":{"name":"toy"},"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
        "name":"toy span","kind":1,"startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000"}]}]}]}
        """;

    [Fact]
    public async Task PageWantsTheTokenAndTakesIt()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = fixture.App.GetEndpoint("aspire-dashboard") };

        var refused = await client.GetAsync("/");
        var accepted = await client.GetAsync($"/login?t={fixture.Configured("AppHost:BrowserToken")}");

        Assert.Contains("/login", refused.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        Assert.Contains(accepted.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith(".Aspire.Dashboard.Auth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TelemetrySentWithTheKeyIsReadBackAndWithoutItRefused()
    {
        using var client = new HttpClient();
        var otlp = new Uri(fixture.App.GetEndpoint("aspire-dashboard", "otlp-http"), "/v1/traces");
        using var content = new StringContent(Trace, System.Text.Encoding.UTF8, "application/json");
        var refused = await client.PostAsync(otlp, content);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Post, otlp) { Content = content };
        request.Headers.Add("x-otlp-api-key", fixture.Configured("AppHost:OtlpApiKey"));
        (await client.SendAsync(request)).EnsureSuccessStatusCode();

        using var reader = new HttpClient { BaseAddress = fixture.App.GetEndpoint("aspire-dashboard") };
        reader.DefaultRequestHeaders.Add("x-api-key", fixture.Configured("AppHost:DashboardApiKey"));
        await fixture.App.WithinAsync("the trace", async cancellation =>
        {
            while (!(await reader.GetStringAsync("/api/telemetry/traces", cancellation)).Contains("5b8efff", StringComparison.Ordinal))
            {
                await Task.Delay(100, cancellation);
            }
        });
    }

    [Fact]
    public async Task ResourcesSendTheirTelemetryToTheDashboard()
    {
        using var client = fixture.App.CreateHttpClient("service");
        var endpoint = await client.GetStringAsync("/env/OTEL_EXPORTER_OTLP_ENDPOINT");

        Assert.Equal(fixture.App.GetEndpoint("aspire-dashboard", "otlp-grpc"), new Uri(endpoint));
        Assert.Equal("grpc", await client.GetStringAsync("/env/OTEL_EXPORTER_OTLP_PROTOCOL"));
        Assert.Equal(
            $"x-otlp-api-key={fixture.Configured("AppHost:OtlpApiKey")}", await client.GetStringAsync("/env/OTEL_EXPORTER_OTLP_HEADERS"));
    }

    [Fact]
    public void PlainHttpMustBeAskedFor()
    {
        var failure = Assert.Throws<DistributedApplicationException>(() => DistributedApplicationTestingBuilder.Create(
            ["--ASPIRE_ALLOW_UNSECURED_TRANSPORT=false"], (options, _) => options.DisableDashboard = false));

        Assert.Contains("ASPIRE_ALLOW_UNSECURED_TRANSPORT", failure.Message, StringComparison.Ordinal);
    }
}
