using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Browser;

/// <summary>A browser: each test gets a context of its own, so no cookie is shared.</summary>
internal interface IBrowserContexts
{
    /// <summary>Opens one.</summary>
    Task<IBrowserContext> NewContextAsync();
}
