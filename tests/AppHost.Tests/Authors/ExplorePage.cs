using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary>A chart in Superset's Explore, changed and saved as its author does.</summary>
internal sealed class ExplorePage(IPage page)
{
    private const float Timeout = 120_000;

    /// <summary>Opens a chart that is stored.</summary>
    public static async Task<ExplorePage> OpenAsync(AuthorPage author, int chart)
    {
        await author.GoToAsync($"explore/?slice_id={chart}");
        return await OpenedAsync(author);
    }

    /// <summary>Opens it by the menu that it has on its dashboard.</summary>
    public static async Task<ExplorePage> OpenAsync(AuthorPage author, string dashboard, string chart, Func<Task>? shown = null)
    {
        await author.GoToAsync($"superset/dashboard/{dashboard}/");
        var card = author.Page.Locator($"[data-test-chart-name=\"{chart}\"]");
        await card.Locator(".header-line").First.WaitForAsync(new() { Timeout = Timeout });
        await card.GetByLabel("More Options").First.ClickAsync();
        var edit = author.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit chart" });
        await edit.WaitForAsync();
        await (shown?.Invoke() ?? Task.CompletedTask);
        await edit.ClickAsync();
        return await OpenedAsync(author);
    }

    /// <summary>Writes the line below a figure.</summary>
    public async Task WriteSubtitleAsync(string text)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Customize" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Subtitle" }).FillAsync(text);
        await page.Locator("[data-test=\"slice-container\"]").GetByText(text, new() { Exact = true }).WaitForAsync(new() { Timeout = Timeout });
    }

    /// <summary>Has the chart ask another dataset.</summary>
    public async Task SwapDatasetAsync(string name)
    {
        await page.Locator("[data-test=\"datasource-menu-trigger\"]").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Swap dataset" }).ClickAsync();
        await page.Locator("[data-test=\"datasource-link\"]").GetByText(name, new() { Exact = true }).ClickAsync(new() { Timeout = Timeout });
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Proceed" }).ClickAsync();
        await page.GetByText("Successfully changed dataset!").First.WaitForAsync(new() { Timeout = Timeout });
        await DrawnAsync(page);
    }

    /// <summary>Presses Save, and Save once more in the dialog that asks over what.</summary>
    public async Task SaveAsync(Func<Task>? asked = null)
    {
        await page.Locator("[data-test=\"query-save-button\"]").ClickAsync(new() { Timeout = Timeout });
        await page.Locator("[data-test=\"save-overwrite-radio\"]").CheckAsync(new() { Timeout = Timeout });
        await (asked?.Invoke() ?? Task.CompletedTask);
        var saved = await page.RunAndWaitForResponseAsync(
            () => page.Locator("[data-test=\"btn-modal-save\"], #btn_modal_save").First.ClickAsync(),
            answer => answer.Request.Method == "PUT" && answer.Url.Contains("/api/v1/chart/", StringComparison.Ordinal),
            new() { Timeout = Timeout });
        Assert.True(saved.Ok, $"saving was answered {saved.Status}");
    }

    private static async Task<ExplorePage> OpenedAsync(AuthorPage author)
    {
        await DrawnAsync(author.Page);
        return new ExplorePage(author.Page);
    }

    private static Task DrawnAsync(IPage page) =>
        page.Locator("[data-test=\"slice-container\"] .header-line").First.WaitForAsync(new() { Timeout = Timeout });
}
