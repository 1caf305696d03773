using EmbedStack.AppHost.Tests.Leak.Stored;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>An embedded dashboard as a reader handles it: tabs, filters, clicks on charts.</summary>
internal sealed class EmbeddedDashboard(IFrameLocator embed)
{
    private const float Timeout = 60_000;

    // A figure on a canvas has no element of its own: somewhere among these points is a bar or a slice.
    private static readonly float[] Across = [0.5f, 0.3f, 0.7f, 0.4f, 0.6f, 0.2f, 0.8f];
    private static readonly float[] Down = [0.72f, 0.6f, 0.45f, 0.3f];

    // The page waits for a second click before it takes one for a single one.
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(2);

    private Func<Task> again = () => Task.CompletedTask;

    private ILocator Tabs => embed.Locator("[data-test=\"dashboard-component-tabs\"] [role=\"tab\"]");

    private ILocator Bar => embed.Locator("[data-test=\"filter-bar\"]");

    public Task ReadyAsync() => embed.Locator("[data-test=\"chart-grid-component\"]").First.WaitForAsync(new() { Timeout = Timeout });

    public async Task<int> TabsAsync() => Math.Max(1, await Tabs.CountAsync());

    /// <summary>Opens a tab: its charts ask when they are first seen. A dashboard without tabs has one, which is open.</summary>
    public async Task OpenTabAsync(int place)
    {
        if (await Tabs.CountAsync() > 0)
        {
            await Tabs.Nth(place).ClickAsync(new() { Timeout = Timeout });
        }
    }

    /// <summary>Whether a chart stands on the tab that is open.</summary>
    public Task<bool> ShowsAsync(StoredChart chart) => Place(chart).IsVisibleAsync();

    /// <summary>Opens the bar with the filters, where it is not open.</summary>
    public async Task ShowBarAsync()
    {
        var expand = embed.Locator("[data-test=\"filter-bar__expand-button\"]");
        if (await expand.IsVisibleAsync())
        {
            await expand.ClickAsync(new() { Timeout = Timeout });
        }
    }

    /// <summary>Opens the first chart's menu, by key: after a scroll a click may wait for ever for where the pointer stands.</summary>
    public Task OpenMenuAsync() =>
        embed.Locator("[data-test=\"chart-grid-component\"]").First.Locator("[aria-label=\"More Options\"]").PressAsync("Enter", new() { Timeout = Timeout });

    /// <summary>Has the first chart asked for anew.</summary>
    public async Task RefreshAsync()
    {
        await OpenMenuAsync();
        await embed.GetByText("Force refresh").First.ClickAsync(new() { Timeout = Timeout });
    }

    /// <summary>Chooses the first value of a filter; filters stand in the bar as in the dashboard's definition.</summary>
    public async Task ChooseAsync(int place)
    {
        await ShowBarAsync();
        var select = Bar.Locator(".ant-select").Nth(place);
        await select.ClickAsync(new() { Timeout = Timeout });
        // By key: where it is busy the list moves under a pointer. The first value is the active one.
        await embed.Locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active").First.WaitForAsync(new() { Timeout = Timeout });
        await select.PressAsync("Enter");
        await select.PressAsync("Escape");
        await ApplyAsync();
    }

    /// <summary>Chooses the calendar year before as the period.</summary>
    public async Task ChoosePeriodAsync()
    {
        await ShowBarAsync();
        await Bar.GetByText("No filter").First.ClickAsync(new() { Timeout = Timeout });
        await embed.Locator(".ant-popover .ant-select").First.ClickAsync(new() { Timeout = Timeout });
        await embed.Locator(".ant-select-item-option").Filter(new() { HasText = "Previous" }).First.ClickAsync(new() { Timeout = Timeout });
        await embed.GetByText("previous calendar year").ClickAsync(new() { Timeout = Timeout });
        await embed.Locator("[data-test=\"date-filter-control__apply-button\"]").ClickAsync(new() { Timeout = Timeout });
        await ApplyAsync();
    }

    public async Task ClearAsync()
    {
        await Bar.Locator("[data-test=\"filter-bar__clear-button\"]").ClickAsync(new() { Timeout = Timeout });
        if (await Bar.Locator("[data-test=\"filter-bar__apply-button\"]").IsEnabledAsync())
        {
            await ApplyAsync();
        }
    }

    /// <summary>Clicks a value of a chart, until the page asks; no more often than told.</summary>
    public async Task CrossFilterAsync(StoredChart chart, int clicks, Func<bool> asked)
    {
        var place = Place(chart);
        await place.ScrollIntoViewIfNeededAsync(new() { Timeout = Timeout });
        if (chart.VizType == "table")
        {
            await (again = () => place.Locator("tbody tr td").First.ClickAsync(new() { Timeout = Timeout }))();
            return;
        }

        var canvas = place.Locator("canvas").First;
        var box = await canvas.BoundingBoxAsync(new() { Timeout = Timeout }) ?? throw new InvalidOperationException($"{chart} is not drawn.");
        foreach (var (left, top) in Down.SelectMany(top => Across.Select(left => (left, top))).Take(clicks))
        {
            await (again = () => canvas.ClickAsync(new() { Position = new() { X = box.Width * left, Y = box.Height * top }, Timeout = Timeout }))();
            for (var until = DateTime.UtcNow + Asking; DateTime.UtcNow < until;)
            {
                if (asked())
                {
                    return;
                }

                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Clicks the last value once more, which takes its filter away.</summary>
    public Task ClickAgainAsync() => again();

    private ILocator Place(StoredChart chart) => embed.Locator($"[data-test-chart-name=\"{chart.Name}\"]").First;

    private Task ApplyAsync() => Bar.Locator("[data-test=\"filter-bar__apply-button\"]").ClickAsync(new() { Timeout = Timeout });
}
