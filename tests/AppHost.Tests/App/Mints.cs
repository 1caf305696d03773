using System.Text.Json;
using EmbedStack.AppHost.Tests.SignIn;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>A page's mints, answered by another session's Api, and counted.</summary>
internal sealed class Mints
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public static async Task<Mints> CountAsync(IPage page, ProductSession session)
    {
        var mints = new Mints();
        await page.RouteAsync("**/api/superset/guest-token", async route =>
        {
            Interlocked.Increment(ref mints.count);
            var (status, body) = await session.MintAsync(JsonSerializer.Deserialize<JsonElement>(route.Request.PostData!), CancellationToken.None);
            await route.FulfillAsync(new() { Status = (int)status, ContentType = "application/json", Body = body });
        });
        return mints;
    }

    public async Task UntilAsync(int wanted, TimeSpan patience)
    {
        for (var until = DateTime.UtcNow + patience; Count < wanted; await Task.Delay(250, TestContext.Current.CancellationToken))
        {
            Assert.True(DateTime.UtcNow < until, $"{Count} of {wanted} tokens were asked for within {patience}.");
        }
    }
}
