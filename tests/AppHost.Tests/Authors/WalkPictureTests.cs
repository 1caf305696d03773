using System.Reflection;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary>
/// Walks the first two walks of <c>docs/authoring.md</c> and writes their pictures anew, by hand, on a stack with <c>EMBEDSTACK_TEST_SCALE=demo</c>.
/// Somebody looks at each of them before they are kept.
/// </summary>
[Trait("Category", "ByHand")]
public sealed class WalkPictureTests(StackFixture stack, BrowserFixture browser)
{
    private const float Timeout = 120_000;
    private const string Dashboard = "Outcomes at a glance";
    private const string Key = "outcomes-at-a-glance";
    private static readonly TimeSpan Animation = TimeSpan.FromSeconds(2);

    private static readonly string Folder = Path.Combine(
        typeof(WalkPictureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Assets").Value!, "..", "..", "docs", "images", "authoring");

    [Fact]
    public async Task ChartIsChanged()
    {
        using var assets = new AssetsCopy();
        Assert.Equal(0, (await AuthoringProgram.OfAsync(stack, assets, "push", "revenue")).ExitCode);
        await using var author = await SignInAsync();
        var explore = await ExplorePage.OpenAsync(author, "revenue", "Overdue", () => KeepAsync(author, "edit-chart"));
        await explore.WriteSubtitleAsync("past its due day, all payers");
        await KeepAsync(author, "explore");
        await explore.SaveAsync(() => KeepAsync(author, "save-chart"));
        Assert.Equal(0, (await AuthoringProgram.OfAsync(stack, assets, "pull", "revenue")).ExitCode);
    }

    [Fact]
    public async Task DashboardIsAdded()
    {
        await using var author = await SignInAsync();
        var page = author.Page;
        await author.GoToAsync("chart/add");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Dataset" }).ClickAsync(new() { Timeout = Timeout });
        var dataset = page.Locator(".ant-select-item-option").GetByText("outcome_facts").First;
        await dataset.WaitForAsync();
        await KeepAsync(author, "choose-dataset");
        await dataset.ClickAsync();
        await page.GetByText("Big Number", new() { Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create new chart" }).ClickAsync();

        await page.Locator("[data-test=\"metric\"]").GetByText("Drop a column/metric here or click").ClickAsync(new() { Timeout = Timeout });
        await page.GetByRole(AriaRole.Tab, new() { Name = "Saved" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Select saved metrics" }).ClickAsync();
        await KeepAsync(author, "saved-metric");
        await page.Locator(".ant-select-item-option").GetByText("Outcome rate").ClickAsync();
        await page.Locator("[data-test=\"AdhocMetricEdit#save\"]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create chart" }).ClickAsync();
        await page.Locator("[data-test=\"slice-container\"] .header-line").First.WaitForAsync(new() { Timeout = Timeout });

        await page.Locator("[data-test=\"query-save-button\"]").ClickAsync();
        await page.Locator("[data-test=\"new-chart-name\"]").FillAsync("Patients who improved");
        var choice = page.Locator("[data-test=\"save-chart-modal-select-dashboard-form\"] input").First;
        await choice.ClickAsync();
        await choice.PressSequentiallyAsync(Dashboard, new() { Delay = 40 });
        await page.Locator(".ant-select-item-option").GetByText(Dashboard).First.WaitForAsync();
        await KeepAsync(author, "save-new-chart");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#btn_modal_save_goto_dash").ClickAsync();

        await page.Locator("[data-test=\"dashboard-content\"] .header-line, .dashboard .header-line").First.WaitForAsync(new() { Timeout = Timeout });
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit dashboard" }).ClickAsync();
        await page.Locator("[data-test=\"actions-trigger\"], [aria-label=\"Menu actions trigger\"]").First.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit properties" }).ClickAsync();
        await page.Locator("[data-test=\"dashboard-slug-input\"]").FillAsync(Key);
        await KeepAsync(author, "properties");
        await page.GetByText("Styling", new() { Exact = true }).ClickAsync();
        await page.Locator("[data-test=\"dashboard-colorscheme-field\"]").GetByRole(AriaRole.Combobox).ClickAsync();
        await page.Locator(".ant-select-item-option").Filter(new() { Visible = true }).First.ClickAsync();
        await page.Locator("[data-test=\"modal-confirm-button\"]").ClickAsync();
        await page.Locator("[data-test=\"header-save-button\"]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit dashboard" }).WaitForAsync(new() { Timeout = Timeout });

        using var assets = new AssetsCopy();
        var pulled = await AuthoringProgram.OfAsync(stack, assets, "pull", Key);
        Assert.Contains($"- key: {Key}", pulled.Output, StringComparison.Ordinal);
        assets.AddToCatalogue(pulled.Output, "admin");
        pulled = await AuthoringProgram.OfAsync(stack, assets, "pull", Key);
        Assert.True(pulled.ExitCode == 0, pulled.Output + pulled.Error);
        Assert.Equal(0, (await AuthoringProgram.OfAsync(stack, assets, "diff", Key)).ExitCode);
        Assert.Contains(assets.Changed(), file => file.StartsWith($"charts/{Key}/", StringComparison.Ordinal));
    }

    private async Task<AuthorPage> SignInAsync()
    {
        var author = await AuthorPage.SignInAsync(stack, browser, "author@embedstack.example", "author-password");
        await author.Page.SetViewportSizeAsync(1280, 800);
        return author;
    }

    private static async Task KeepAsync(AuthorPage author, string name)
    {
        await Task.Delay(Animation, TestContext.Current.CancellationToken);
        await author.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
    }
}
