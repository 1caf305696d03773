using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Http;

public sealed class HttpTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost")]
    [InlineData("localhost:5181")]
    [InlineData("127.0.0.1:5173")]
    public async Task ForeignHostIsRefused(string host)
    {
        using var browser = api.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/bff/login");
        request.Headers.Host = host;
        request.Headers.Add("X-Forwarded-Host", "localhost:5173");
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-host");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task HealthAnswersUnderAnyHost(string path)
    {
        using var browser = api.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "10.0.0.7:8080";
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task ForwardedHeadersDoNotChangeTheRedirectUri()
    {
        using var browser = api.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/bff/login");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Forwarded", "host=evil.example;proto=https");
        using var answer = await browser.SendAsync(request);
        Assert.Contains($"redirect_uri={Uri.EscapeDataString(ApiFixture.AppOrigin + "/bff/signin")}", answer.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/superset/guest-token")]
    [InlineData("/bff/logout")]
    public async Task UnsafeMethodsNeedTheCsrfHeader(string path)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var without = await browser.PostAsync(path, new { dashboard_key = "clinic" }, csrf: false);
        await without.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");

        foreach (var site in (string[])["cross-site", "same-site", "none", ""])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Add("X-CSRF", "1");
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
            using var answer = await browser.SendAsync(request);
            await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");
        }

        using var user = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
    }

    [Fact]
    public async Task OwnPagesMayPost()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/bff/logout");
        request.Headers.Add("X-CSRF", "1");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/superset/guest-token", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("DELETE", "/bff/user", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    public async Task EmptyErrorsAreProblemsToo(string method, string path, HttpStatusCode status, string slug)
    {
        using var browser = api.NewBrowser();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-CSRF", "1");
        request.Headers.Add("Accept", "text/html");
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(status, slug);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/bff/user")]
    [InlineData("/health")]
    [InlineData("/bff/login?returnUrl=//evil.example")]
    public async Task EveryAnswerCarriesTheSecurityHeaders(string path)
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.GetAsync(path);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Contains("default-src 'none'; frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("strict-origin-when-cross-origin", Header("Referrer-Policy"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.False(answer.Headers.Contains("Server"));

        string Header(string name) => answer.Headers.GetValues(name).Single();
    }
}
