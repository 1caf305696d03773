using System.Net;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>What Superset answers, on its way to the browser.</summary>
public sealed class AnswerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RowsAreStreamedAsTheyCome()
    {
        var release = new TaskCompletionSource();
        api.Superset.Answer = async context =>
        {
            await context.Response.WriteAsync("first,");
            await context.Response.Body.FlushAsync();
            await release.Task.WaitAsync(TimeSpan.FromSeconds(10));
            await context.Response.WriteAsync("second");
        };
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{api.Api.EmbedPort}") };
            using var request = browser.Guest("GET", "/api/v1/me/roles/");
            request.Headers.Host = new Uri(ApiFixture.EmbedOrigin).Authority;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
            var buffer = new byte[64];
            var read = await body.ReadAsync(buffer, Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
            Assert.Equal("first,", System.Text.Encoding.UTF8.GetString(buffer, 0, read));
        }
        finally
        {
            release.SetResult();
            api.Superset.Answer = null;
        }
    }

    [Theory]
    [InlineData(302, HttpStatusCode.NotFound, "not-found")]
    [InlineData(400, HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData(401, HttpStatusCode.Unauthorized, "no-guest-token")]
    [InlineData(403, HttpStatusCode.Forbidden, "forbidden")]
    [InlineData(422, HttpStatusCode.UnprocessableEntity, "malformed-request")]
    [InlineData(500, HttpStatusCode.BadGateway, "superset-refused")]
    [InlineData(503, HttpStatusCode.ServiceUnavailable, "superset-unavailable")]
    public async Task RedirectsAndBreakdownsDoNotPass(int upstream, HttpStatusCode status, string slug)
    {
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = upstream;
            context.Response.Headers.Location = "/login/";
            return context.Response.WriteAsync("Traceback (most recent call last)");
        };
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var answer = await browser.SendAsync(browser.Guest("GET", "/api/v1/me/roles/"));
            await answer.AssertProblemAsync(status, slug);
            Assert.Null(answer.Headers.Location);
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task SupersetThatIsAwayIsSaidSo()
    {
        api.Superset.Away = true;
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var answer = await browser.SendAsync(browser.Guest("GET", "/api/v1/me/roles/"));
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        }
        finally
        {
            api.Superset.Away = false;
        }
    }
}
