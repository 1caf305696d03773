using EmbedStack.Authoring.Browser;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Browser;

/// <summary>A Chromium of its own, for which some origins are served by other processes than the stack's own.</summary>
internal sealed class RedirectedBrowser : IBrowserContexts, IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private RedirectedBrowser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <param name="ways">Origins, and where each is served.</param>
    public static async Task<RedirectedBrowser> StartAsync(params (Uri Origin, Uri Process)[] ways)
    {
        var playwright = await Playwright.CreateAsync();
        var rules = string.Join(", ", ways.Select(way => $"MAP {way.Origin.Authority} {way.Process.Authority}"));
        return new RedirectedBrowser(playwright, await SystemChromium.LaunchAsync(playwright, $"--host-resolver-rules={rules}"));
    }

    public Task<IBrowserContext> NewContextAsync() => browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 1000 } });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
