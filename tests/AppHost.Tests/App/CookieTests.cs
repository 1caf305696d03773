using EmbedStack.AppHost.Tests.Authors;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>The embed lives by its token alone: without cookies, and beside those of others.</summary>
public sealed class CookieTests(StackFixture stack, BrowserFixture browser)
{
    private const string Dashboard = "dashboards/clinic";
    private const string Figure = "Appointments";

    [Fact]
    public async Task DashboardNeedsNoThirdPartyCookie()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, Dashboard);
        await product.AllChartsAsync(12);
        Assert.NotEqual(stack.App.Host, stack.Embed.Host);

        // What no origin could keep here does without.
        var kept = await product.Embed.Locator("body").EvaluateAsync<string>(
            "() => { document.cookie = 'third=party; Path=/; SameSite=None; Secure'; return document.cookie; }");
        Assert.Equal("", kept);
        Assert.DoesNotContain(await product.Page.Context.CookiesAsync([stack.Embed.ToString()]), cookie => cookie.Domain == stack.Embed.Host);
    }

    [Fact]
    public async Task AuthorsSessionInTheSameBrowserChangesNothing()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, Dashboard);
        var own = await product.BigNumberAsync(Figure);

        // Authors see another clinic's rows; Keycloak is told who it is by a window of its own.
        await using var author = await AuthorPage.SignInAsync(stack, browser, "author@embedstack.example", "author-password");
        await product.Page.Context.AddCookiesAsync((await author.Page.Context.CookiesAsync([AuthorPage.Origin(stack).ToString()])).Select(AsGiven));
        var page = await product.Page.Context.NewPageAsync();
        Assert.Equal(200, (await page.GotoAsync(new Uri(AuthorPage.Origin(stack), "api/v1/me/").ToString()))!.Status);

        await product.Page.ReloadAsync();
        await product.AllChartsAsync(12);
        Assert.Equal(own, await product.BigNumberAsync(Figure));
    }

    private static Cookie AsGiven(BrowserContextCookiesResult cookie) => new()
    {
        Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly, Secure = cookie.Secure, SameSite = cookie.SameSite,
    };
}
