using System.Reflection;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>axe finds nothing on any page, in light and in dark. What Superset draws in the frame is its own.</summary>
public sealed class AccessibilityTests(StackFixture stack, BrowserFixture browser)
{
    private static readonly string Axe = typeof(AccessibilityTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "AxeCore").Value!;

    public static TheoryData<ColorScheme> Schemes => [ColorScheme.Light, ColorScheme.Dark];

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task NothingIsFoundOnAnyPage(ColorScheme scheme)
    {
        await using var product = await ProductPage.OpenAsync(stack, browser, scheme);
        await product.Page.GotoAsync(stack.App.ToString());
        await product.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).WaitForAsync();
        await AssertNothingAsync(product);

        await product.Page.GotoAsync(new Uri(stack.App, "?signin=failed").ToString());
        await product.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await AssertNothingAsync(product);

        await product.TakeSessionAsync(Person.Leadership);
        await VisitAsync("");
        await VisitAsync("nowhere");
        await VisitAsync("audit");
        await VisitAsync("administration/clinics");
        await product.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Disable: ") }).First.ClickAsync();
        await product.Page.GetByRole(AriaRole.Alertdialog).WaitForAsync();
        await AssertNothingAsync(product);
        await VisitAsync("administration/entitlements");
        await VisitAsync("administration/switches");
        await VisitAsync("administration/revocations");
        await VisitAsync("administration/health");
        await VisitAsync("dashboards/clinic"); // not for this role: a notice
        await VisitAsync("dashboards/network");
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Views" }).PressAsync("Enter");
        await product.Page.GetByText("You have saved none yet.").WaitForAsync();
        await AssertNothingAsync(product, besides: "region");
        await product.Page.Keyboard.PressAsync("Escape");
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Download", Exact = true }).PressAsync("Enter");
        await product.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Download as PDF" }).WaitForAsync();
        await AssertNothingAsync(product, besides: "region");
        await product.Page.Keyboard.PressAsync("Escape");
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Full screen" }).ClickAsync();
        await AssertNothingAsync(product);
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Leave full screen" }).ClickAsync();
        // By key: Chromium's hit test is a frame late, and the embed lay there until now.
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" }).PressAsync("Enter");
        await product.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).WaitForAsync();
        await AssertNothingAsync(product, besides: "region"); // a menu lies over the page, outside of its landmarks
        await product.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Deutsch" }).ClickAsync();
        await product.Page.SetViewportSizeAsync(390, 844);
        await VisitAsync("");
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Menü öffnen" }).ClickAsync();
        await product.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await AssertNothingAsync(product);
        await VisitAsync("audit");

        // Somebody else, who has less, and is told so.
        await product.TakeSessionAsync(Person.HarbourStaff);
        await VisitAsync("");
        await VisitAsync("dashboards/revenue");

        async Task VisitAsync(string path)
        {
            await product.Page.GotoAsync(new Uri(stack.App, path).ToString());
            await product.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            await product.Page.WaitForFunctionAsync("() => !document.querySelector('.loading, [aria-busy=true]')", null, new() { Timeout = 90_000 });
            await AssertNothingAsync(product);
        }
    }

    // The guards hold the focus in an open menu and are hidden from everybody who does not walk by keyboard.
    private static async Task AssertNothingAsync(ProductPage product, string? besides = null)
    {
        await product.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe, TestContext.Current.CancellationToken));
        var found = await product.Page.EvaluateAsync<string[]>(
            """
            async (besides) => (await axe.run({ exclude: ['[data-base-ui-focus-guard]'] }, { iframes: false, rules: besides ? { [besides]: { enabled: false } } : {} }))
              .violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`)
            """,
            besides);
        Assert.True(found.Length == 0, $"{new Uri(product.Page.Url).AbsolutePath}:\n{string.Join('\n', found)}");
    }
}
