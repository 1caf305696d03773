using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>
/// The queries that are stored with the charts are those that the embedded page sends: as it opens, and with each filter
/// of the dashboard set.
/// </summary>
public sealed class QueryContextTests(StackFixture stack, BrowserFixture browser)
{
    public static TheoryData<string> Others => [.. Entitlements.Roles.Keys.Where(key => key != Sample.Dashboard)];

    [Fact]
    public Task AdministratorsDashboardSendsItsStoredQueries() => CheckAsync(Sample.Dashboard);

    [Theory(SkipTestWithoutData = true)]
    [Trait("Category", "All")]
    [MemberData(nameof(Others))]
    public Task EveryDashboardSendsItsStoredQueries(string dashboard) => CheckAsync(dashboard);

    private async Task CheckAsync(string dashboard)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var charts = stored.ChartsOf(dashboard).ToArray();
        await using var product = await ProductPage.SignInAsync(stack, browser, Entitlements.PersonsOf(Entitlements.Roles[dashboard][0])[0]);
        var embedded = new EmbeddedDashboard(product.Page.FrameLocator("iframe"));
        var queries = new SentQueries(product.Page, charts);

        var unfiltered = await queries.AfterAsync(charts.Length, async () =>
        {
            await product.Page.GotoAsync(new Uri(stack.App, $"dashboards/{dashboard}").ToString());
            await embedded.ReadyAsync();
            for (var tab = await embedded.TabsAsync() - 1; tab >= 0; tab--)
            {
                await embedded.OpenTabAsync(tab);
            }
        });
        Assert.Equal(charts.Select(chart => chart.Name).Order(), unfiltered.Select(query => query.Chart.Name).Order());
        AssertAsStored(unfiltered);
        Assert.DoesNotContain(unfiltered, query => query.FilteredBy.Any() || query.InTime);

        if (stored.HasPeriod(dashboard))
        {
            var inTime = await queries.AfterAsync(1, embedded.ChoosePeriodAsync);
            AssertAsStored(inTime);
            Assert.All(inTime, query => Assert.True(query.InTime, $"{query.Chart} is asked again without the period."));
        }

        foreach (var (place, filter) in stored.FiltersOf(dashboard).Index())
        {
            var filtered = await queries.AfterAsync(1, () => embedded.ChooseAsync(place));
            AssertAsStored(filtered);
            Assert.All(filtered, query => Assert.Contains(filter.Column, query.FilteredBy));
        }

        AssertAsStored(await queries.AfterAsync(1, embedded.ClearAsync));
    }

    private static void AssertAsStored(IEnumerable<SentQuery> queries) =>
        Assert.All(queries, query => Assert.True(query.Differences().Count == 0, $"{query.Chart}: {string.Join("; ", query.Differences())}"));
}
