using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>The queries that are stored with the charts are those that the embedded page sends.</summary>
public sealed class QueryContextTests(StackFixture stack, BrowserFixture browser)
{
    private const float ClickTimeout = 60_000;

    public static TheoryData<string, string> Dashboards => [.. Entitlements.Roles.Select(entry => (entry.Key, entry.Value[0]))];

    [Fact]
    public Task TheClinicDashboardSendsItsStoredQueries() => CheckAsync("clinic", Person.NorthsideAdministrator);

    [Theory]
    [Trait("Category", "All")]
    [MemberData(nameof(Dashboards))]
    public Task EveryDashboardSendsItsStoredQueries(string dashboard, string role) => CheckAsync(dashboard, Entitlements.PersonsOf(role)[0]);

    private async Task CheckAsync(string dashboard, Person person)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var charts = stored.ChartsOf(dashboard).ToArray();
        await using var product = await ProductPage.SignInAsync(stack, browser, person);
        var page = product.Page;
        var embed = page.FrameLocator("iframe");
        var queries = new SentQueries(page, charts);

        var unfiltered = await queries.AfterAsync(charts.Length, async () =>
        {
            await page.GotoAsync(new Uri(stack.App, $"dashboards/{dashboard}").ToString());
            await embed.Locator("[data-test=\"chart-grid-component\"]").First.WaitForAsync(new() { Timeout = ClickTimeout });
            await OpenTabsAsync(embed);
        });
        Assert.Equal(charts.Select(chart => chart.Name).Order(), unfiltered.Select(query => query.Chart.Name).Order());
        AssertAsStored(unfiltered);
        Assert.DoesNotContain(unfiltered, query => query.FilteredBy.Any() || query.InTime);

        var filtered = await queries.AfterAsync(1, () => FilterAsync(embed));
        AssertAsStored(filtered);
        var columns = stored.FiltersOf(dashboard).Select(filter => filter.Column);
        Assert.Contains(filtered, query => query.FilteredBy.Intersect(columns).Any());

        await queries.AfterAsync(1, () => ClearAsync(embed));
        var crossFiltered = await queries.AfterAsync(1, () => CrossFilterAsync(embed));
        AssertAsStored(crossFiltered);
        Assert.Contains(crossFiltered, query => query.FilteredBy.Any());
    }

    private static void AssertAsStored(IEnumerable<SentQuery> queries) =>
        Assert.All(queries, query => Assert.True(
            query.Differences().Count == 0, $"{query.Chart}: {string.Join("; ", query.Differences())}"));

    // The last tab stays open: each chart on a tab asks when it is first seen.
    private static async Task OpenTabsAsync(IFrameLocator embed)
    {
        foreach (var tab in await embed.Locator("[data-test=\"dashboard-component-tabs\"] [role=\"tab\"]").AllAsync())
        {
            await tab.ClickAsync(new() { Timeout = ClickTimeout });
        }
    }

    private static async Task FilterAsync(IFrameLocator embed)
    {
        var expand = embed.Locator("[data-test=\"filter-bar__expand-button\"]");
        if (await expand.IsVisibleAsync())
        {
            await expand.ClickAsync(new() { Timeout = ClickTimeout });
        }

        await embed.Locator("[data-test=\"filter-bar\"] .ant-select").First.ClickAsync(new() { Timeout = ClickTimeout });
        await embed.Locator(".ant-select-item-option").First.ClickAsync(new() { Timeout = ClickTimeout });
        await embed.Locator("[data-test=\"filter-bar__apply-button\"]").ClickAsync(new() { Timeout = ClickTimeout });
    }

    private static async Task ClearAsync(IFrameLocator embed)
    {
        await embed.Locator("[data-test=\"filter-bar__clear-button\"]").ClickAsync(new() { Timeout = ClickTimeout });
        var apply = embed.Locator("[data-test=\"filter-bar__apply-button\"]");
        if (await apply.IsEnabledAsync())
        {
            await apply.ClickAsync(new() { Timeout = ClickTimeout });
        }
    }

    private static Task CrossFilterAsync(IFrameLocator embed) =>
        embed.Locator("[data-test=\"chart-grid-component\"] table tbody tr td:visible").First.ClickAsync(new() { Timeout = ClickTimeout });
}
