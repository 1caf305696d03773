using EmbedStack.AppHost.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace EmbedStack.AppHost.Tests.Browser;

/// <summary>One headless Chromium for all tests; each test gets a context of its own, so no cookie is shared.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "google-chrome", "chromium-browser"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public Task<IBrowserContext> NewContextAsync() => browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 1000 } });

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable(),
            // Chromium refuses its sandbox to root.
            ChromiumSandbox = Environment.UserName != "root",
            Args = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static string Executable() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium on PATH. ./embedstack test installs it.");
}
