using System.Text.RegularExpressions;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>What happens inside the frame, and what lies over it.</summary>
public sealed partial class FrameTests(StackFixture stack, BrowserFixture browser)
{
    private const string Refused = "The dashboard’s page is not open to this site";
    private const float Timeout = 120_000;

    [Fact]
    public async Task FrameThatIsRefusedOrReloadedIsToldAndTheHostsOwnLiesOverIt()
    {
        await using var product = await ProductPage.OpenAsync(stack, browser);
        var page = product.Page;
        // The edge's own answer, in words that cross origins: to a page that it does not have.
        await page.RouteAsync(EmbeddedId(), route => route.ContinueAsync(new() { Url = EmbeddedId().Replace(route.Request.Url, $"/embedded/{Guid.NewGuid()}") }));
        await product.TakeSessionAsync(Person.HarbourStaff);
        await page.GotoAsync(new Uri(stack.App, "dashboards/appointments").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = Refused }).WaitForAsync(new() { Timeout = Timeout });

        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Appointments" })).ToBeFocusedAsync();
        await Chart(product).WaitForAsync(new() { Timeout = Timeout });
        // Superset's own title has its downloads, which nobody could refuse.
        await Assertions.Expect(product.Embed.Locator("[data-test=\"header-actions-menu\"], [data-test=\"actions-trigger\"]")).ToHaveCountAsync(0);

        await product.MarkFrameAsync();
        await product.Embed.Locator("body").EvaluateAsync("() => location.reload()");
        await Assertions.Expect(page.Locator("iframe[data-mark]")).ToHaveCountAsync(0, new() { Timeout = Timeout });
        await Chart(product).WaitForAsync(new() { Timeout = Timeout });

        await OverIsUsableAsync(product);
    }

    // A popup closes where the dashboard is clicked; a drawer lies over it, and what is in it takes the click.
    private static async Task OverIsUsableAsync(ProductPage product)
    {
        var page = product.Page;
        var views = page.GetByRole(AriaRole.Dialog, new() { Name = "Your views of this dashboard" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).PressAsync("Enter");
        await views.WaitForAsync();
        await Chart(product).ClickAsync(new() { Position = new() { X = 20, Y = 20 } });
        await Assertions.Expect(views).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).PressAsync("Enter");
        await views.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(views).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Views" })).ToBeFocusedAsync();

        await page.SetViewportSizeAsync(390, 844);
        // Less where the scroll bar has its place beside the content.
        var beyond = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(beyond <= 0, $"{beyond} pixels are beyond the phone's edge.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Hello, ") }).WaitForAsync();
        await Assertions.Expect(page.Locator("iframe")).ToHaveCountAsync(0);
    }

    private static ILocator Chart(ProductPage product) => product.Embed.Locator("[data-test=\"chart-grid-component\"]").First;

    [GeneratedRegex("/embedded/[0-9a-f-]{36}")]
    private static partial Regex EmbeddedId();
}
