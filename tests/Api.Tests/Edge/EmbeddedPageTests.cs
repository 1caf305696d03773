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
    [InlineData(503, 503, "superset-unavailable")]
    [InlineData(500, 502, "superset-refused")]
    [InlineData(403, 403, "forbidden")]
    [InlineData(302, 404, "not-found")]
    public async Task PageThatIsRefusedTellsTheAppAloneWhy(int upstream, int status, string slug)
    {
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = upstream;
            return context.Response.WriteAsync("<html>Traceback (most recent call last)");
        };
        try
        {
            using var answer = await AskAsync(TestCatalogue.ClinicEmbedded, "text/html,application/xhtml+xml");
            Assert.Equal(status, (int)answer.StatusCode);
            await AssertTellsAsync(answer, status, slug);
            using var program = await AskAsync(TestCatalogue.ClinicEmbedded, "application/json");
            await program.AssertProblemAsync((HttpStatusCode)status, slug);
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task PageOfNoDashboardTellsItToo()
    {
        using var answer = await AskAsync(Guid.NewGuid().ToString(), "text/html");
        await AssertTellsAsync(answer, 404, "not-found");
    }

    private async Task<HttpResponseMessage> AskAsync(string embeddedId, string accept)
    {
        using var browser = api.NewEmbedBrowser();
        var request = browser.Request("GET", $"/embedded/{embeddedId}?uiConfig=%22%3E%3Cscript%3E");
        request.Headers.Add("Accept", accept);
        request.Headers.TryAddWithoutValidation("Referer", "https://elsewhere.example/\"><script>alert(1)</script>");
        return await browser.SendAsync(request);
    }

    // The policy lets the page's one script run, by its hash, and no other.
    private static async Task AssertTellsAsync(HttpResponseMessage answer, int status, string slug)
    {
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"data-app=\"{ApiFixture.AppOrigin}\" data-status=\"{status}\" data-slug=\"{slug}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Traceback", page, StringComparison.Ordinal);
        var script = Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "<script>(.*?)</script>")).Groups[1].Value;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Equal($"default-src 'none'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors {ApiFixture.AppOrigin}", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
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
