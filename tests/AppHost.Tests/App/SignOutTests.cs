using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.App;

public sealed class SignOutTests(StackFixture stack, BrowserFixture browser)
{
    private const string Dashboard = "dashboards/appointments";
    private const string Kept = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(key => key.startsWith('probe'))";

    [Fact]
    public async Task WhatDashboardsKeptInTheBrowserIsGoneAfterTheSignOut()
    {
        await using var product = await ProductPage.OpenAsync(stack, await browser.NewLenientContextAsync());
        await product.SignInAsync(Person.HarbourStaff, Dashboard);
        await product.Embed.Locator("[data-test=\"chart-grid-component\"]").First.WaitForAsync(new() { Timeout = 120_000 });
        var page = product.Embed.Locator("body");
        await page.EvaluateAsync("() => { localStorage.setItem('probe', 'a filter'); sessionStorage.setItem('probe-2', 'a tab'); }");
        Assert.Equal(["probe", "probe-2"], await page.EvaluateAsync<string[]>(Kept));

        await product.SignOutAsync();

        await product.SignInAsync(Person.HarbourStaff, Dashboard);
        await product.Embed.Locator("[data-test=\"chart-grid-component\"]").First.WaitForAsync(new() { Timeout = 120_000 });
        Assert.Empty(await product.Embed.Locator("body").EvaluateAsync<string[]>(Kept));
    }
}
