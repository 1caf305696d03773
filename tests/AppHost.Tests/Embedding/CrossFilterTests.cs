using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>
/// A click on a bar, a slice or a row filters the other charts by its value, and they show what SQL written for the
/// person finds of it; on a bar over time, its part counts.
/// </summary>
public sealed class CrossFilterTests(StackFixture stack, BrowserFixture browser)
{
    private const int UntilHit = 28;
    private const int UntilSure = 5;

    public static TheoryData<string> Others => [.. Entitlements.Roles.Keys.Where(key => key != "appointments")];

    [Fact]
    public Task ClicksOnTheAppointmentsDashboardFilterByTheirValue() => CheckAsync("appointments");

    [Theory]
    [Trait("Category", "All")]
    [MemberData(nameof(Others))]
    public Task ClicksOnEveryDashboardFilterByTheirValue(string dashboard) => CheckAsync(dashboard);

    private async Task CheckAsync(string dashboard)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var charts = stored.ChartsOf(dashboard).ToArray();
        var person = Entitlements.PersonsOf(Entitlements.Roles[dashboard][0])[0];
        await using var product = await ProductPage.SignInAsync(stack, browser, person);
        var embedded = new EmbeddedDashboard(product.Page.FrameLocator("iframe"));
        var queries = new SentQueries(product.Page, charts);
        await queries.AfterAsync(1, async () =>
        {
            await product.Page.GotoAsync(new Uri(stack.App, $"dashboards/{dashboard}").ToString());
            await embedded.ReadyAsync();
        });

        var clicked = 0;
        for (var tab = 0; tab < await embedded.TabsAsync(); tab++)
        {
            await queries.AfterAsync(0, () => embedded.OpenTabAsync(tab));
            foreach (var chart in charts.Where(IsClickable))
            {
                if (!await embedded.ShowsAsync(chart))
                {
                    continue;
                }

                var dimensions = Dimensions(chart).ToArray();
                var sent = await queries.AfterAsync(0, () => embedded.CrossFilterAsync(chart, dimensions.Length > 0 ? UntilHit : UntilSure, () => queries.Any));
                Assert.True(sent.Count > 0 == dimensions.Length > 0, $"{chart}: a click made {sent.Count} charts ask; its values are of {string.Join(", ", dimensions)}.");
                if (sent.Count > 0)
                {
                    clicked++;
                    await AssertFilteredAsync(stored, person, chart, dimensions, sent);
                    await queries.AfterAsync(1, embedded.ClickAgainAsync);
                }
            }
        }

        Assert.True(clicked > 0, $"No chart of {dashboard} filters the others.");
    }

    private async Task AssertFilteredAsync(StoredDashboards stored, Person person, StoredChart chart, string[] dimensions, IReadOnlyCollection<SentQuery> sent)
    {
        foreach (var query in sent)
        {
            Assert.True(query.Differences().Count == 0, $"{query.Chart}: {string.Join("; ", query.Differences())}");
            var asked = query.Body.DeepClone().AsObject();
            var names = stored.Datasets[query.Chart.Dataset];
            foreach (var filter in asked["queries"]!.AsArray().SelectMany(part => part!["filters"]!.AsArray()))
            {
                filter!["col"] = names.ColumnOf((string)filter["col"]!);
            }

            foreach (var filter in query.AddedFilters)
            {
                var column = names.ColumnOf((string)filter["col"]!);
                Assert.Contains(column, dimensions);
                var own = await ClinicOracle.OwnAsync(stack, person, chart.Dataset, rows => $"select distinct \"{column}\" from ({rows}) own");
                var values = own.Lines.Select(line => line[0]).ToHashSet();
                Assert.All(filter["val"]!.AsArray(), value => Assert.True(values.Contains(value!.ToString()), $"{chart} filters by {column} = {value}, which none of its rows has."));
            }

            var question = new QueryQuestion(QuestionKind.Chart, query.Chart.Name, query.Chart.Dashboard, query.Chart.Dataset, _ => asked);
            var difference = await question.DifferenceAsync(stack, person, await query.AnswerAsync());
            Assert.True(difference is null, $"{query.Chart}, filtered by {chart}: {difference}");
        }
    }

    private static bool IsClickable(StoredChart chart) =>
        chart.VizType is "table" or "pie" or "echarts_timeseries_bar" && chart.Request()["queries"]![0]!["metrics"] is not null;

    // What a chart groups by, without the time on its axis.
    private static IEnumerable<string> Dimensions(StoredChart chart) =>
        chart.Request()["queries"]![0]!["columns"]!.AsArray()
            .Where(column => column is not JsonObject axis || axis["timeGrain"] is null)
            .Select(column => column is JsonObject axis ? (string)axis["sqlExpression"]! : (string)column!);
}
