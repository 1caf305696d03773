using Microsoft.Playwright;

namespace EmbedStack.Renderer.Browser;

/// <summary>What holds for every context.</summary>
internal static class ContextOptions
{
    public static BrowserNewContextOptions Bare() => new()
    {
        ReducedMotion = ReducedMotion.Reduce,
        TimezoneId = "UTC",
        ServiceWorkers = ServiceWorkerPolicy.Block,
        AcceptDownloads = false,
        // The page around the dashboard comes from no network, which Chromium takes for a public one.
        Permissions = ["local-network-access"],
    };
}
