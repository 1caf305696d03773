using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.Authoring.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace EmbedStack.AppHost.Tests.Browser;

/// <summary>One headless Chromium for all tests; each test gets a context of its own, so no cookie is shared.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Task<IBrowserContext> NewContextAsync() => browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 1000 } });

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await SystemChromium.LaunchAsync(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
