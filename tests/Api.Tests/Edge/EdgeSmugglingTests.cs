using System.Net;
using System.Text;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge;

public sealed class EdgeSmugglingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("a.b.c\r\nX-Injected: 1")]
    [InlineData("a.b.c\nX-Injected: 1")]
    [InlineData("a.b.c\r\n\r\nGET /api/v1/database/ HTTP/1.1\r\nHost: x\r\nX-Rest: ")]
    [InlineData("a.b.c\r\n folded")]
    [InlineData("a.b.é")]
    [InlineData("a.b.c, d.e.f")]
    [InlineData("a.b.c\n")]
    [InlineData("no-token")]
    [InlineData("")]
    public async Task ExportFormsTokenBringsNothingElseAlong(string token)
    {
        using var browser = api.NewEmbedBrowser();
        var before = api.Superset.LastSeen;
        using var answer = await browser.SendAsync(Form(new() { ["guest_token"] = token, ["form_data"] = "{}" }));
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
        Assert.Same(before, api.Superset.LastSeen);
    }

    [Fact]
    public async Task TokenOfAnySizeIsNoWayToASupersetThatSeemsAway()
    {
        using var browser = api.NewEmbedBrowser();
        using var answer = await browser.SendAsync(Form(new() { ["guest_token"] = $"a.{new string('b', 200_000)}.c" }));
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Fact]
    public async Task SeveralTokensAreNone()
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("GET", "/api/v1/me/roles/");
        request.Headers.Add("X-GuestToken", ["a.b.c", "d.e.f"]);
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Fact]
    public async Task FormOfTooManyFieldsIsMalformed()
    {
        using var browser = api.NewEmbedBrowser();
        using var answer = await browser.SendAsync(Form(Enumerable.Range(0, 1100).ToDictionary(number => $"field{number}", _ => "x")));
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task ChunkedBodyIsBoundedAndArrivesWhole()
    {
        using var browser = api.NewEmbedBrowser();
        using var small = await browser.SendAsync(Chunked(browser, "{}"));
        Assert.Equal("{}", api.Superset.LastSeen!.Body);
        Assert.Equal("2", api.Superset.LastSeen.Headers["Content-Length"]);

        using var large = await browser.SendAsync(Chunked(browser, new string('x', 1100 * 1024)));
        await large.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task HeadersThatCannotGoOnAreLeftOut()
    {
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{api.Api.EmbedPort}/api/v1/me/roles/");
        request.Headers.Host = new Uri(ApiFixture.EmbedOrigin).Authority;
        request.Headers.Add("X-GuestToken", "a.b.c");
        request.Headers.TryAddWithoutValidation("User-Agent", "Bröwser");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("User-Agent", api.Superset.LastSeen!.Headers.Keys);
    }

    [Theory]
    [InlineData("/api/v1/me/roles/", "no-store")]
    [InlineData($"/embedded/{TestCatalogue.ClinicEmbedded}", "no-store")]
    [InlineData("/static/assets/app.js", "public, max-age=60")]
    public async Task OnlyAssetsMayBeKept(string path, string expected)
    {
        api.Superset.Answer = context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            return Task.CompletedTask;
        };
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var request = browser.Request("GET", path);
            request.Headers.Add("X-GuestToken", "a.b.c");
            using var answer = await browser.SendAsync(request);
            Assert.Equal(expected, answer.Headers.CacheControl?.ToString());
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    private static HttpRequestMessage Form(Dictionary<string, string> fields) =>
        new(HttpMethod.Post, "/api/v1/chart/data") { Content = new FormUrlEncodedContent(fields) };

    private static HttpRequestMessage Chunked(Browser browser, string body)
    {
        var request = browser.Request("POST", "/api/v1/chart/data");
        request.Headers.Add("X-GuestToken", "a.b.c");
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }
}
