using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace EmbedStack.Https.Tests;

/// <summary>What somebody gets who asks otherwise than a browser does by HTTPS.</summary>
public sealed class DowngradeTests(SecureStackFixture stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Origins => ["app", "embed", "authors"];

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task WhoTrustsTheAuthorityTrustsEachOriginAndNobodyElseDoes(string origin)
    {
        using var trusting = SecureClient.Create(stack.Authority);
        using var answer = await trusting.GetAsync(Of(origin), Cancellation);
        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));

        using var stranger = SecureClient.Create(authority: null);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(Of(origin), Cancellation));
        Assert.IsType<AuthenticationException>(refused.InnerException);

        var other = new UriBuilder(Of(origin)) { Host = "somebody-elses.localhost" }.Uri;
        var misnamed = await Assert.ThrowsAsync<HttpRequestException>(() => trusting.GetAsync(other, Cancellation));
        Assert.IsType<AuthenticationException>(misnamed.InnerException);
    }

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task NothingIsAnsweredInTheClear(string origin)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Of(origin).Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /bff/login HTTP/1.1\r\nHost: {Of(origin).Authority}\r\n\r\n"), Cancellation);
        using var limit = new CancellationTokenSource(Patience);
        using var received = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(received, limit.Token);
        }
        catch (IOException)
        {
            // Torn down, which is as good.
        }

        Assert.Equal("", Encoding.Latin1.GetString(received.ToArray()));
    }

    [Fact]
    public async Task ForwardedHeadersChangeNeitherSchemeNorHost()
    {
        using var client = SecureClient.Create(stack.Authority);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stack.App, "bff/login"))
        {
            Headers = { { "X-Forwarded-Proto", "http" }, { "X-Forwarded-Host", "evil.example" }, { "X-Forwarded-Port", "80" }, { "Forwarded", "host=evil.example;proto=http" } },
        };
        using var answer = await client.SendAsync(request, Cancellation);
        AssertSignIn(answer);

        using var author = new HttpRequestMessage(HttpMethod.Get, new Uri(stack.Authors, "login/"))
        {
            Headers = { { "X-Forwarded-Proto", "http" }, { "X-Forwarded-Host", "evil.example" } },
        };
        using var way = await client.SendAsync(author, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, way.StatusCode);
        Assert.Contains($"redirect_uri={new Uri(stack.Authors, "oauth-authorized/keycloak")}", Uri.UnescapeDataString(way.Headers.Location!.Query), StringComparison.Ordinal);
        Assert.All(way.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; Secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost")]
    [InlineData("embedstack.localhost")]
    public async Task AnotherHostIsRefusedOnEachOrigin(string host)
    {
        using var client = SecureClient.Create(stack.Authority, anyName: true);
        foreach (var origin in (Uri[])[stack.App, stack.Embed, stack.Authors])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(origin, "bff/login")) { Headers = { Host = host } };
            using var answer = await client.SendAsync(request, Cancellation);
            Assert.Equal((origin, HttpStatusCode.BadRequest), (origin, answer.StatusCode));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    // A browser names the port that it goes to, and so never the app's; a program that names it gets what a browser gets by HTTPS.
    [Fact]
    public async Task TheWayForServersIsNoneForBrowsers()
    {
        using var client = SecureClient.Create(authority: null);
        var address = new Uri(stack.Plain, "bff/login");
        foreach (var host in (string[])[address.Authority, $"{stack.App.Host}:{address.Port}", stack.Embed.Authority])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Host = host } };
            using var answer = await client.SendAsync(request, Cancellation);
            Assert.Equal((host, HttpStatusCode.BadRequest), (host, answer.StatusCode));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        using var named = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "X-Forwarded-Proto", "http" } } };
        named.Headers.Host = stack.App.Authority;
        using var spoofed = await client.SendAsync(named, Cancellation);
        AssertSignIn(spoofed);
    }

    private void AssertSignIn(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(stack.Keycloak.Authority, answer.Headers.Location!.Authority);
        Assert.Contains($"redirect_uri={Uri.EscapeDataString(new Uri(stack.App, "bff/signin").ToString())}", answer.Headers.Location.Query, StringComparison.Ordinal);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    private Uri Of(string origin) => origin switch { "app" => stack.App, "embed" => stack.Embed, _ => stack.Authors };
}
