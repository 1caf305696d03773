using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.Authoring.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace EmbedStack.AppHost.Tests.Browser;

/// <summary>One headless Chromium for all tests; each test gets a context of its own, so no cookie is shared.</summary>
public sealed class BrowserFixture : IAsyncLifetime, IBrowserContexts
{
    private IPlaywright? playwright;
    private IBrowser? browser;
    private Task<IBrowser>? lenient;

    public Task<IBrowserContext> NewContextAsync() => NewContextAsync(browser!);

    /// <summary>In a browser as many have one: it shows scrollbars, and lets frames of other sites keep what they like.</summary>
    public async Task<IBrowserContext> NewLenientContextAsync() =>
        await NewContextAsync(await (lenient ??= SystemChromium.LaunchAsync(playwright!, without: ["--hide-scrollbars"], ["--disable-features=TrackingProtection3pcd"])));

    /// <summary>As a phone has one: small, touched, with no room kept for scrollbars.</summary>
    public Task<IBrowserContext> NewPhoneContextAsync() =>
        browser!.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, IsMobile = true, HasTouch = true });

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await SystemChromium.LaunchAsync(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (lenient is not null)
        {
            await (await lenient).DisposeAsync();
        }

        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static Task<IBrowserContext> NewContextAsync(IBrowser browser) =>
        browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 1000 } });
}
