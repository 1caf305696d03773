using System.Reflection;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>
/// Writes <c>docs/images/app</c> anew, by hand, on a stack with <c>EMBEDSTACK_TEST_SCALE=demo</c>: small data make poor pictures.
/// Somebody looks at each of them before they are kept.
/// </summary>
[Trait("Category", "ByHand")]
public sealed class PictureTests(StackFixture stack, BrowserFixture browser)
{
    private const int Charts = 12;
    private const string View = "Monday's meeting";
    private static readonly TimeSpan Animation = TimeSpan.FromSeconds(3);

    private static readonly string Folder = Path.Combine(
        typeof(PictureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Assets").Value!, "..", "..", "docs", "images", "app");

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task PicturesOfTheAppAreTaken(ColorScheme scheme)
    {
        await using var product = await ProductPage.OpenAsync(stack, browser, scheme);
        await product.Page.SetViewportSizeAsync(1440, 900);
        await product.SignInAsync(Person.HarbourAdministrator);
        await TakeAsync(product, scheme, "home", "");
        await TakeAsync(product, scheme, "dashboard", "dashboards/clinic", () => product.AllChartsAsync(Charts));
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Views" }).PressAsync("Enter");
        await product.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(View);
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Save this view" }).ClickAsync();
        await product.Page.GetByRole(AriaRole.Link, new() { Name = View }).First.WaitForAsync();
        await KeepAsync(product, scheme, "views");
        await product.Page.GetByRole(AriaRole.Button, new() { Name = $"Delete: {View}" }).ClickAsync(); // the other theme saves it as well
        await TakeAsync(product, scheme, "audit", "audit", () => product.Page.GetByRole(AriaRole.Cell).First.WaitForAsync());

        await product.TakeSessionAsync(Person.Leadership);
        await TakeAsync(product, scheme, "entitlements", "administration/entitlements", () => product.Page.GetByRole(AriaRole.Checkbox).First.WaitForAsync());
        await TakeAsync(product, scheme, "switches", "administration/switches", () => product.Page.GetByRole(AriaRole.Cell).First.WaitForAsync());
        await TakeAsync(product, scheme, "health", "administration/health", () => product.Page.GetByRole(AriaRole.Cell).First.WaitForAsync());
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task PicturesOnAPhoneAreTaken(ColorScheme scheme)
    {
        await using var product = await ProductPage.OpenAsync(stack, await browser.NewPhoneContextAsync(), scheme);
        await product.TakeSessionAsync(Person.HarbourAdministrator);
        await TakeAsync(product, scheme, "home-phone", "");
        await TakeAsync(product, scheme, "dashboard-phone", "dashboards/clinic", () => product.AllChartsAsync(Charts));
    }

    private async Task TakeAsync(ProductPage product, ColorScheme scheme, string name, string path, Func<Task>? shown = null)
    {
        await product.Page.GotoAsync(new Uri(stack.App, path).ToString());
        await product.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await (shown?.Invoke() ?? Task.CompletedTask);
        await KeepAsync(product, scheme, name);
    }

    private static async Task KeepAsync(ProductPage product, ColorScheme scheme, string name)
    {
        await Task.Delay(Animation, TestContext.Current.CancellationToken);
        await product.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{scheme}.png".ToLowerInvariant()) });
    }
}
