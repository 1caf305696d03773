using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Browser;

/// <summary>
/// What a browser did, kept for a test that fails where EMBEDSTACK_TEST_TRACE is "true": <c>playwright show-trace FILE</c> shows it.
/// A trace holds tokens and passwords of the tests' own stack, which end with it.
/// </summary>
internal static class Traces
{
    private static bool AreKept => Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_TRACE") == "true";

    public static Task BeginAsync(IBrowserContext context) =>
        AreKept ? context.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true }) : Task.CompletedTask;

    /// <summary>Keeps what was recorded up to now, and goes on recording.</summary>
    public static async Task KeepAsync(IBrowserContext context, string path)
    {
        if (AreKept)
        {
            await context.Tracing.StopAsync(new() { Path = path });
            await BeginAsync(context);
        }
    }
}
