using System.Net;
using System.Text;
using EmbedStack.Tests.Watching;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Renderer.Tests;

/// <summary>Whom the renderer answers, what it reaches, and what it leaves behind.</summary>
public sealed class WallTests(RendererFixture stack)
{
    private const string Valid = """{"tenant":"northside","embedded_id":"11111111-1111-4111-8111-111111111111","token":"a.b.c","format":"png"}""";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Malformed =>
    [
        "{}", "[]", "null", "{", Valid.Replace("\"token\":\"a.b.c\",", "", StringComparison.Ordinal), Valid.Replace("northside", "", StringComparison.Ordinal),
        Valid.Replace("png", "gif", StringComparison.Ordinal), Valid.Replace("a.b.c", "", StringComparison.Ordinal),
        Valid.Replace("11111111-1111-4111-8111-111111111111", "../../login", StringComparison.Ordinal),
        Valid.Replace("11111111-1111-4111-8111-111111111111", "00000000-0000-0000-0000-000000000000", StringComparison.Ordinal),
        Valid[..^1] + ""","url":"http://elsewhere.example"}""", Valid[..^1] + ""","permalink":"a&b=c"}""", Valid[..^1] + ""","language":"de&x=y"}""",
        Valid[..^1] + $$""","native_filters":"{{new string('a', 9_000)}}"}""", Valid[..^1] + ""","theme":{"mode":"sepia"}}""",
        Valid[..^1] + $$""","title":"{{new string('a', 1_001)}}"}""",
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("renderer-key-of-the-tests-012345678")]
    [InlineData("renderer-key-of-the-tests-01234567890")]
    [InlineData("RENDERER-KEY-OF-THE-TESTS-0123456789")]
    public async Task WhoeverLacksTheKeyFindsNothing(string? key)
    {
        foreach (var (method, path) in new[] { ("POST", "/renderings"), ("GET", "/renderings"), ("GET", "/"), ("POST", "/health"), ("GET", "/Health/x") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = method == "POST" ? new StringContent(Valid, Encoding.UTF8, "application/json") : null;
            if (key is not null)
            {
                request.Headers.TryAddWithoutValidation("X-Renderer-Key", key);
            }

            using var answer = await stack.Renderer.AskAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        }
    }

    [Fact]
    public async Task TwoKeysAreNone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/renderings") { Content = new StringContent(Valid, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Renderer-Key", [RendererInstance.Key, RendererInstance.Key]);
        using var answer = await stack.Renderer.AskAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task WhatIsNoRenderingIsRefused(string body)
    {
        using var answer = await SendAsync(body, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task OtherTypesAndLargeBodiesAreRefused()
    {
        using var text = await SendAsync(Valid, "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        using var large = await SendAsync(Valid + new string(' ', 70_000), "application/json");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task NothingButTheEmbedOriginIsReached()
    {
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // The page tried fetches, sockets, beacons, pictures, frames and redirects, to a name and to a number.
        Assert.Contains(stack.Embed.Seen, seen => seen.StartsWith("GET /redirect ", StringComparison.Ordinal));
        Assert.Contains(stack.Embed.Seen, seen => seen.StartsWith("GET /redirect-to-number ", StringComparison.Ordinal));
        // Whatever came before is heard of before this.
        using var client = new HttpClient();
        await client.GetAsync(new Uri($"{stack.Elsewhere.Address}/last"), Cancellation);
        await client.GetAsync(new Uri($"{stack.App.Address}/last"), Cancellation);
        Assert.Equal(["GET /last"], stack.Elsewhere.Seen);
        Assert.Equal(["GET /last"], stack.App.Seen);
        stack.Elsewhere.Seen.Clear();
        stack.App.Seen.Clear();
    }

    [Fact]
    public async Task TokenIsInNoAddressCommandLineOrLog()
    {
        stack.Embed.Seen.Clear();
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard, "pdf");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var failed = await stack.Renderer.RenderAsync(EmbedPeer.Missing, "pdf");
        Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);

        var shown = stack.Embed.Seen.Where(seen => seen.Contains(RendererInstance.Token, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(shown);
        Assert.All(shown, seen => Assert.StartsWith("POST /api/v1/chart/data ", seen, StringComparison.Ordinal));
        Assert.All(shown, seen => Assert.Contains($"X-GuestToken: {RendererInstance.Token}", seen, StringComparison.Ordinal));
        Assert.DoesNotContain(stack.Renderer.Log.Lines, line => line.Contains(RendererInstance.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(stack.Renderer.Log.Lines, line => line.Contains(RendererInstance.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(RendererInstance.Token, System.Text.Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation)), StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
        {
            Assert.All(ChildProcesses.OfThisOne(), process =>
            {
                Assert.DoesNotContain(RendererInstance.Token, process.CommandLine, StringComparison.Ordinal);
                Assert.DoesNotContain(RendererInstance.Key, process.CommandLine, StringComparison.Ordinal);
                Assert.DoesNotContain("--remote-debugging-port", process.CommandLine, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public async Task OneRequestLeavesNothingToTheNext()
    {
        stack.Embed.Told.Clear();
        stack.Embed.Seen.Clear();
        using var one = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
        using var other = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (one.StatusCode, other.StatusCode));
        Assert.Equal(2, stack.Embed.Seen.Count(seen => seen.StartsWith("GET /kept ", StringComparison.Ordinal)));
        Assert.Equal(["""[null,""]""", """[null,""]"""], stack.Embed.Told.Select(told => told.GetProperty("stored").GetRawText()));
    }

    [Fact]
    public void NoSettingsFileIsWatched() => FileWatchers.AssertNone(stack.Renderer.Service<IConfiguration>());

    [Theory]
    [InlineData("RENDERER_KEY", "", "RENDERER_KEY must have 32 characters")]
    [InlineData("RENDERER_KEY", "short", "RENDERER_KEY must have 32 characters")]
    [InlineData("Origins:App", "", "Origins:App must be an origin")]
    [InlineData("Origins:Embed", "http://127.0.0.1/path", "Origins:Embed must be an origin")]
    [InlineData("Origins:Embed", "file:///etc/", "Origins:Embed must be an origin")]
    [InlineData("Renderer:Limits:Concurrent", "0", "Renderer__Limits__Concurrent must be a positive number")]
    public void ItDoesNotStartWithoutWhatItNeeds(string name, string value, string cause) =>
        Assert.Contains(cause, Assert.ThrowsAny<Exception>(() => stack.Start((name, value))).ToString(), StringComparison.Ordinal);

    private async Task<HttpResponseMessage> SendAsync(string body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/renderings") { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("X-Renderer-Key", RendererInstance.Key);
        return await stack.Renderer.AskAsync(request);
    }
}
