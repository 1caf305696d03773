using System.IO.Compression;
using System.Net;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Tests.Edge.Wire;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Assets;

/// <summary>Scripts and styles whose names hold the hash of their content.</summary>
public sealed class AssetTests(AssetTests.ProxiedApi api) : IClassFixture<AssetTests.ProxiedApi>, IDisposable
{
    private readonly string _name = $"embedded.{Guid.NewGuid():N}"[..29];
    private int _asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Script => $"/static/assets/{_name}.entry.js";

    [Fact]
    public async Task HashedAssetIsAskedForOnceAndKeptForGoodByBrowsers()
    {
        Answer("const é = 1;");
        for (var times = 0; times < 3; times++)
        {
            using var answer = await GetAsync(Script);
            Assert.Equal("const é = 1;", await answer.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
            Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task ManySlowReadersOfOneNetworkAreBoundedAndAnotherNetworkIsServed()
    {
        api.Superset.Answer = context =>
        {
            context.Response.ContentLength = 1_000_000;
            return context.Response.Body.WriteAsync(new byte[1_000_000]).AsTask();
        };
        var readers = new List<RawConnection>();
        try
        {
            for (var number = 0; number < 8; number++)
            {
                readers.Add(await RawConnection.OpenAsync(api.Api.EmbedPort, receives: 4096));
                await readers[^1].SendAsync(Requests("198.51.100.7"));
            }

            await Eventually.TrueAsync("who finds no room is refused", async () => await StatusAsync("198.51.100.8") == HttpStatusCode.ServiceUnavailable);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("203.0.113.7"));
            await Eventually.TrueAsync("Superset is free again", () => Task.FromResult(api.Service<SupersetQueue>().Working == 0));
        }
        finally
        {
            foreach (var reader in readers)
            {
                await reader.DisposeAsync();
            }
        }

        await Eventually.TrueAsync("their room is given back", async () => await StatusAsync("198.51.100.8") == HttpStatusCode.OK);

        // The system itself takes some megabytes for each connection: what is asked for after that stays in the Api.
        static string Requests(string from) => string.Concat(Enumerable.Repeat(
            $"GET /static/assets/images/large.png HTTP/1.1\r\nHost: 127.0.0.1:5181\r\nX-Forwarded-For: {from}\r\n\r\n", 16));

        async Task<HttpStatusCode> StatusAsync(string from)
        {
            using var browser = api.NewEmbedBrowser();
            using var request = browser.Request("GET", "/static/assets/images/large.png");
            request.Headers.Add("X-Forwarded-For", from);
            using var answer = await browser.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task BurstOfOneNetworkDelaysNobodyElsesFirstLoadOfTheSame()
    {
        var release = new TaskCompletionSource();
        api.Superset.Answer = async context =>
        {
            if (context.Request.Path == "/static/assets/held.0123456789abcdef.js")
            {
                await release.Task.WaitAsync(TimeSpan.FromSeconds(30));
            }

            Interlocked.Increment(ref _asked);
            await context.Response.WriteAsync("body");
        };
        try
        {
            var held = GetAsync("/static/assets/held.0123456789abcdef.js", from: "198.51.100.7");
            await Eventually.TrueAsync("Superset is asked", () => Task.FromResult(api.Service<SupersetQueue>().Working == 1));
            var behind = GetAsync(Script, from: "198.51.100.7");
            await Eventually.TrueAsync("the next waits", () => Task.FromResult(api.Service<SupersetQueue>().Waiting == 1));

            using var other = await GetAsync(Script, from: "203.0.113.7").WaitAsync(TimeSpan.FromSeconds(15), Cancellation);

            Assert.Equal((HttpStatusCode.OK, 1, false), (other.StatusCode, _asked, behind.IsCompleted));
            release.SetResult();
            using var first = await held;
            using var second = await behind;
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, 2), (first.StatusCode, second.StatusCode, _asked));
        }
        finally
        {
            release.TrySetResult();
        }
    }

    [Fact]
    public async Task SupersetIsNotNeededForWhatIsKept()
    {
        Answer("body");
        using var filled = await GetAsync(Script);
        api.Superset.Away = true;
        try
        {
            using var answer = await GetAsync(Script);
            Assert.Equal("body", await answer.Content.ReadAsStringAsync(Cancellation));
        }
        finally
        {
            api.Superset.Away = false;
        }
    }

    [Fact]
    public async Task BrowserThatTakesBrotliGetsItPackedBefore()
    {
        Answer(new string('x', 10_000));
        using var first = await GetAsync(Script, "gzip, br");
        using var second = await GetAsync(Script, "gzip, br");
        foreach (var answer in new[] { first, second })
        {
            Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
            Assert.Equal("Accept-Encoding", answer.Headers.Vary.ToString());
            Assert.InRange(answer.Content.Headers.ContentLength!.Value, 1, 200);
            await using var body = new BrotliStream(await answer.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);
            using var reader = new StreamReader(body);
            Assert.Equal(10_000, (await reader.ReadToEndAsync(Cancellation)).Length);
        }

        using var plain = await GetAsync(Script, "gzip");
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal(10_000, plain.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task ManyBrowsersAtOnceAskOnce()
    {
        Answer("body", TimeSpan.FromMilliseconds(300));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(Script)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, _asked);
    }

    [Theory]
    [InlineData("/static/service-worker.js")]
    [InlineData("/static/assets/app.js")]
    [InlineData("/static/assets/images/loading.gif")]
    public async Task WhatHasNoHashIsAskedForEachTime(string path)
    {
        Answer("body");
        using var first = await GetAsync(path);
        using var second = await GetAsync(path);
        Assert.Equal(2, _asked);
        Assert.DoesNotContain("immutable", second.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailureIsNotKept()
    {
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        using var missing = await GetAsync(Script);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Null(missing.Headers.CacheControl?.MaxAge);
        Answer("there");
        using var answer = await GetAsync(Script);
        Assert.Equal("there", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    public void Dispose() => api.Superset.Answer = null;

    private void Answer(string text, TimeSpan after = default) => api.Superset.Answer = async context =>
    {
        Interlocked.Increment(ref _asked);
        await Task.Delay(after);
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.CacheControl = "public, max-age=31536000";
        await context.Response.WriteAsync(text);
    };

    private async Task<HttpResponseMessage> GetAsync(string path, string? encoding = null, string? from = null)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("GET", path);
        if (encoding is not null)
        {
            request.Headers.Add("Accept-Encoding", encoding);
        }

        if (from is not null)
        {
            request.Headers.Add("X-Forwarded-For", from);
        }

        return await browser.SendAsync(request);
    }

    /// <summary>An Api to which each test says whence its requests come.</summary>
    public sealed class ProxiedApi(TestDatabases postgres) : ApiFixture(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> OwnSettings => [new("TrustedProxies:0", "127.0.0.0/8"), new("TrustedProxies:1", "::1/128")];
    }
}
