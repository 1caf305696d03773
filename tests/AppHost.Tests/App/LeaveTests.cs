using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>What a dashboard began in the browser goes with it.</summary>
public sealed class LeaveTests(StackFixture stack, BrowserFixture browser)
{
    private const int Visits = 4;

    // React keeps the last of what it took away until something else takes its place, now in one place, now in two.
    private const int Kept = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task NoPortAndNoFrameOfADashboardOutlivesIt()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator);
        await VisitAsync(product);
        var (ports, frames) = await CountAsync(product.Page);

        for (var visit = 0; visit < Visits; visit++)
        {
            await VisitAsync(product);
        }

        // What the browser collects late goes in the end; what is held never does.
        var after = await CountAsync(product.Page);
        for (var until = DateTime.UtcNow + Patience; (after.Ports > ports || after.Frames > frames) && DateTime.UtcNow < until; after = await CountAsync(product.Page))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        Assert.InRange(after.Ports, 0, ports + Kept);
        Assert.InRange(after.Frames, 0, frames + Kept);
        Assert.Equal(0, await product.Page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length"));
    }

    private static async Task VisitAsync(ProductPage product)
    {
        await product.Page.GetByRole(AriaRole.Link, new() { Name = "Clinic overview" }).First.ClickAsync();
        await product.AllChartsAsync(12);
        await product.Page.GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        await Assertions.Expect(product.Page.Locator("iframe")).ToHaveCountAsync(0);
    }

    private static async Task<(int Ports, int Frames)> CountAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var counts = new List<int>();
        foreach (var type in new[] { "MessagePort", "HTMLIFrameElement" })
        {
            var prototype = await session.SendAsync("Runtime.evaluate", new() { ["expression"] = $"{type}.prototype" });
            var id = prototype!.Value.GetProperty("result").GetProperty("objectId").GetString()!;
            var all = await session.SendAsync("Runtime.queryObjects", new() { ["prototypeObjectId"] = id });
            var array = all!.Value.GetProperty("objects").GetProperty("objectId").GetString()!;
            var length = await session.SendAsync("Runtime.callFunctionOn", new() { ["functionDeclaration"] = "function() { return this.length; }", ["objectId"] = array });
            counts.Add(length!.Value.GetProperty("result").GetProperty("value").GetInt32());
        }

        await session.DetachAsync();
        return (counts[0], counts[1]);
    }
}
