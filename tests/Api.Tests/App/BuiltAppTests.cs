using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.App;

public sealed class BuiltAppTests(BuiltAppFixture api) : IClassFixture<BuiltAppFixture>
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src http://127.0.0.1:5181; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/dashboards/clinic?filters=(service:(v:!(%27Eye+Care%27)))")]
    [InlineData("/administration/clinics")]
    [InlineData("/apiary")]
    public async Task EveryAddressOfTheAppIsItsPageUnderItsPolicy(string path)
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("The app", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl?.NoCache);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task WhatIsNamedByItsContentsIsKept()
    {
        using var browser = api.NewBrowser();
        using var script = await browser.GetAsync("/assets/index-abc123.js");
        Assert.Equal("public, max-age=31536000, immutable", script.Headers.CacheControl?.ToString());
        using var picture = await browser.GetAsync("/mark.svg");
        Assert.Equal("no-cache", picture.Headers.CacheControl?.ToString());
        Assert.Equal(Policy, Assert.Single(picture.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task FilesAreCompressedAndAnswersOfTheApiAreNot()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var page = await CompressedAsync("/");
        Assert.Equal(["br"], page.Content.Headers.ContentEncoding);
        using var user = await CompressedAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
        Assert.Empty(user.Content.Headers.ContentEncoding);

        Task<HttpResponseMessage> CompressedAsync(string path)
        {
            var request = browser.Request("GET", path);
            request.Headers.Add("Accept-Encoding", "br");
            return browser.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/bff/nothing")]
    [InlineData("/assets/index-gone.js")]
    [InlineData("/gone.png")]
    public async Task WhatIsNotThereIsNotTheAppsPage(string path)
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/../{0}")]
    [InlineData("/%2e%2e/{0}")]
    [InlineData("/assets/..%2f..%2f{0}")]
    public async Task NothingOutsideTheAppIsServed(string path)
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.SendAsync(browser.Request("GET", path.Replace("{0}", api.Outside, StringComparison.Ordinal)));
        Assert.DoesNotContain("outside", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiAnswersBesideTheApp()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var user = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
        using var embed = api.NewEmbedBrowser();
        using var page = await embed.GetAsync("/");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }
}
