using Microsoft.Playwright;

namespace EmbedStack.Renderer.Browser;

/// <summary>A context that shares nothing with any other: no cookie, no storage, no cache. Where it does not end, its browser does.</summary>
internal sealed class BrowserVisit(RunningChromium browser, IBrowserContext context) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public IBrowserContext Context { get; } = context;

    /// <summary>Whether what went wrong here is the browser's end.</summary>
    public Task<bool> HasBrowserEndedAsync() => browser.HasEndedAsync();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Context.CloseAsync().WaitAsync(Patience);
        }
        catch (PlaywrightException)
        {
            // It ended with its browser.
        }
        catch (TimeoutException)
        {
            browser.Kill();
        }
        finally
        {
            browser.Leave();
        }
    }
}
