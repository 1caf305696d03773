using System.Net;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>/embedded: the page that a host frames.</summary>
public sealed class EmbeddedPageTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task EmbeddedPageKeepsTheHostsRefererAndSupersetsPolicy()
    {
        api.Superset.Answer = context =>
        {
            context.Response.Headers.ContentSecurityPolicy = "frame-ancestors http://localhost:5173";
            context.Response.Headers.Vary = "Accept-Encoding, Cookie";
            return context.Response.WriteAsync("<html>");
        };
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/embedded/{TestCatalogue.ClinicEmbedded}");
            request.Headers.Add("Referer", $"{ApiFixture.AppOrigin}/");
            using var answer = await browser.SendAsync(request);
            Assert.Equal($"{ApiFixture.AppOrigin}/", api.Superset.LastSeen!.Headers["Referer"]);
            Assert.Equal("frame-ancestors http://localhost:5173", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
            Assert.False(answer.Headers.Contains("X-Frame-Options"));
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Theory]
    [InlineData("/static/service-worker.js")]
    [InlineData($"/embedded/{TestCatalogue.ClinicEmbedded}")]
    public async Task IssuersTokenGoesNowhereElse(string path)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("GET", path);
        request.Headers.Add("Authorization", "Bearer issuers.own.token");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(api.Superset.LastSeen!.Headers.Keys.Intersect(["Authorization", "X-GuestToken"], StringComparer.OrdinalIgnoreCase));
    }
}
