using System.Collections.Concurrent;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.Https.Tests;

/// <summary>The product as a person's browser sees it by HTTPS.</summary>
public sealed class BrowserTests(SecureStackFixture stack)
{
    private const string Http2 = "HTTP/2.0";
    private const float Timeout = 120_000;

    [Fact]
    public async Task RowsOfADashboardComeOverHttp2FromOriginsThatKeepToHttps()
    {
        await using var product = await ProductPage.OpenAsync(stack, await stack.NewContextAsync());
        var answers = new ConcurrentQueue<IResponse>();
        product.Page.Response += (_, answer) => answers.Enqueue(answer);

        await product.SignInAsync(Person.HarbourAdministrator, $"dashboards/{Sample.Dashboard}");
        await product.AllChartsAsync(Sample.Charts);
        Assert.True(await product.BigNumberAsync(Sample.Figure) > 0);

        Assert.NotEmpty(From(answers, stack.App));
        foreach (var same in From(answers, stack.App).Concat(From(answers, stack.Embed)).GroupBy(answer => answer.Url))
        {
            var seen = await Task.WhenAll(same.Select(async answer => (Version: await answer.HttpVersionAsync(), Hsts: await answer.HeaderValueAsync("strict-transport-security"))));
            Assert.All(seen, answer => Assert.Equal((same.Key, Http2), (same.Key, answer.Version)));
            // What Chromium keeps of an answer is without it.
            Assert.Contains("max-age=31536000", seen.Select(answer => answer.Hsts));
        }

        var charts = From(answers, stack.Embed).Where(answer => answer.Url.Contains("/api/v1/chart/data", StringComparison.Ordinal)).ToArray();
        Assert.InRange(charts.Length, Sample.Charts, int.MaxValue);
        Assert.Contains(JsonDocument.Parse(await charts[0].TextAsync()).RootElement.GetProperty("result").EnumerateArray(), result => result.GetProperty("rowcount").GetInt32() > 0);
    }

    [Fact]
    public async Task EveryCookieIsSecureAndSignOutEndsTheSession()
    {
        await using var product = await ProductPage.OpenAsync(stack, await stack.NewContextAsync());
        await product.SignInAsync(Person.HarbourStaff);

        var cookies = await product.Page.Context.CookiesAsync();
        Assert.Contains(cookies, cookie => cookie.Name == "__Host-embedstack" && cookie.Domain == stack.App.Host && cookie.HttpOnly);
        Assert.DoesNotContain(cookies, cookie => cookie.Domain == stack.Embed.Host);
        Assert.All(cookies, cookie => Assert.True(cookie.Secure, $"{cookie.Name} of {cookie.Domain} goes in the clear as well."));

        await product.SignOutAsync();

        Assert.DoesNotContain(await product.Page.Context.CookiesAsync(), cookie => cookie.Name == "__Host-embedstack");
        Assert.Equal(401, (await product.FetchAsync("/bff/user")).Status);
    }

    [Fact]
    public async Task FileOfADashboardIsMadeByABrowserThatKnowsTheCertificate()
    {
        await using var product = await ProductPage.OpenAsync(stack, await stack.NewContextAsync());
        await product.SignInAsync(Person.HarbourAdministrator);

        var (status, body) = await product.FetchAsync(
            $"/api/dashboards/{Sample.Filed}/renderings", "POST", """{"format":"pdf"}""", new() { ["X-CSRF"] = "1" });

        Assert.True(status == 200, $"{status}: {body}\n{stack.Describe()}");
        Assert.StartsWith("%PDF-", body, StringComparison.Ordinal);
    }

    // Keycloak asks before it ends a session that no application names; then it tells the Api, which has another scheme for browsers.
    [Fact]
    public async Task SignOutAtKeycloakAloneEndsTheSessionToo()
    {
        await using var product = await ProductPage.OpenAsync(stack, await stack.NewContextAsync());
        await product.SignInAsync(Person.HarbourStaff);

        await product.Page.GotoAsync(new Uri(stack.Keycloak, "realms/embedstack/protocol/openid-connect/logout").ToString());
        await product.Page.Locator("#kc-logout").ClickAsync(new() { Timeout = Timeout });
        await product.Page.GotoAsync(stack.App.ToString());

        await Assertions.Expect(product.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync(new() { Timeout = Timeout });
    }

    [Fact]
    public async Task AuthorsSignInToSupersetByHttps()
    {
        await using var context = await stack.NewContextAsync();
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Timeout);
        await page.GotoAsync(new Uri(stack.Authors, "login/").ToString());
        await page.Locator("#username").FillAsync("author@embedstack.example");
        await page.Locator("#kc-login").ClickAsync();
        await page.Locator("#password").FillAsync(await stack.ParameterAsync("author-password"));
        await page.Locator("#kc-login").ClickAsync();
        await page.WaitForURLAsync(url => url.StartsWith(stack.Authors.ToString(), StringComparison.Ordinal));

        var answer = (await page.GotoAsync(new Uri(stack.Authors, "api/v1/me/").ToString()))!;

        Assert.Equal((200, Http2, "max-age=31536000"), (answer.Status, await answer.HttpVersionAsync(), await answer.HeaderValueAsync("strict-transport-security")));
        // Superset takes a change by HTTPS from its own pages alone, which it knows by the scheme and host that the Api names.
        Assert.Equal(201, await page.EvaluateAsync<int>(
            """
            async () => {
              const token = (await (await fetch('/api/v1/security/csrf_token/')).json()).result;
              const headers = { 'content-type': 'application/json', 'x-csrftoken': token };
              return (await fetch('/api/v1/dashboard/', { method: 'POST', headers, body: '{"dashboard_title":"By HTTPS"}' })).status;
            }
            """));
        var cookies = await context.CookiesAsync([stack.Authors.ToString()]);
        Assert.Contains(cookies, cookie => cookie.Name == "embedstack_superset");
        Assert.All(cookies, cookie => Assert.True(cookie is { Secure: true, HttpOnly: true }, $"{cookie.Name} of {cookie.Domain} is not Secure and HttpOnly."));
    }

    private static IResponse[] From(IEnumerable<IResponse> answers, Uri origin) =>
        [.. answers.Where(answer => new Uri(answer.Url).Authority == origin.Authority)];
}
