using System.Collections.Concurrent;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Two dashboards on a page of somebody else's, by the package as it is published.</summary>
public sealed class TwoDashboardsTests(StackFixture stack, BrowserFixture browser)
{
    private const string One = "appointments";
    private const string Other = "outcomes";
    private const float Timeout = 120_000;

    [Fact]
    public async Task EachHasTokensFiltersAndHeightOfItsOwnAndOutlivesTheOther()
    {
        Assert.SkipUnless(StackFixture.IsWebBuilt, "The package is built with the app.");
        using var host = await ExampleHost.BuildAsync(TestContext.Current.CancellationToken);
        await using var product = await ProductPage.OpenAsync(stack, browser);
        await product.TakeSessionAsync(Person.HarbourAdministrator);
        var page = product.Page;
        var minted = new ConcurrentQueue<string>();
        page.Request += (_, request) => Note(request);
        await page.GotoAsync(host.Of(stack, One, Other).ToString());
        var (one, other) = (Frame(page, One), Frame(page, Other));
        await DrawnAsync(one);
        await DrawnAsync(other);
        Assert.Equal([One, Other], minted.Order(StringComparer.Ordinal));
        await FrameHeight.SettledAsync(page, One);
        await FrameHeight.SettledAsync(page, Other);

        var before = await Filters(page, Other).InnerTextAsync();
        await new EmbeddedDashboard(one).ChooseAsync(0);
        await Assertions.Expect(Filters(page, One)).ToContainTextAsync("service", new() { IgnoreCase = true, Timeout = Timeout });
        await Assertions.Expect(Filters(page, Other)).ToHaveTextAsync(before);

        await page.GetByRole(AriaRole.Region, new() { Name = Other }).Locator("iframe").EvaluateAsync("frame => { frame.dataset.mark = 'the same'; }");
        // By key: a click right after a scroll may go into a frame.
        await page.GetByRole(AriaRole.Button, new() { Name = $"Close {One}" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator("iframe")).ToHaveCountAsync(1);
        await new EmbeddedDashboard(other).ChooseAsync(0);
        await Assertions.Expect(Filters(page, Other)).Not.ToHaveTextAsync(before, new() { Timeout = Timeout });
        await DrawnAsync(other);
        await FrameHeight.SettledAsync(page, Other);
        await product.AssertSameFrameAsync();

        void Note(IRequest request)
        {
            if (request.Url.EndsWith("/guest-token", StringComparison.Ordinal))
            {
                minted.Enqueue(JsonDocument.Parse(request.PostData!).RootElement.GetProperty("dashboard_key").GetString()!);
            }
        }
    }

    private static IFrameLocator Frame(IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name }).FrameLocator("iframe");

    private static ILocator Filters(IPage page, string name) => page.GetByLabel($"Filters of {name}");

    private static async Task DrawnAsync(IFrameLocator frame)
    {
        await frame.Locator("[data-test=\"chart-container\"]").First.WaitForAsync(new() { Timeout = Timeout });
        await Assertions.Expect(frame.Locator("[data-test=\"loading-indicator\"]")).ToHaveCountAsync(0, new() { Timeout = Timeout });
        await Assertions.Expect(frame.Locator(".chart-error, [data-test=\"error-alert\"]")).ToHaveCountAsync(0);
    }
}
