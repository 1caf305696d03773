using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary><c>./embedstack dashboard pull</c>, <c>diff</c> and <c>push</c> on the tests' stack.</summary>
public sealed class AuthoringLoopTests(StackFixture stack, BrowserFixture browser)
{
    private const string Dashboard = "revenue";
    private const string Chart = "Overdue";
    private const string ChartFile = "charts/revenue/overdue.yaml";
    private const string Written = "past its due day";
    private const string Edited = "past its due day, all payers";

    private const float EmbedTimeout = 60_000;

    private static readonly Guid DashboardUuid = Guid.Parse("7958aef1-14eb-5e39-a3ab-7fc2636438be");

    [Fact]
    public async Task PullRightAfterTheBootstrapLeavesEveryFileAsItIs()
    {
        using var assets = new AssetsCopy();

        var pulled = await AuthoringProgram.OfAsync(stack, assets, "pull");
        Assert.True(pulled.ExitCode == 0, $"{pulled.Error}{pulled.Output}\n{stack.Describe()}");
        Assert.Empty(assets.Changed());

        var compared = await AuthoringProgram.OfAsync(stack, assets, "diff");
        Assert.True(compared.ExitCode == 0, $"{compared.Error}{compared.Output}");
    }

    [Fact]
    public async Task EditInExploreIsPulledAsThatEditAloneAndPushedBackAsTheFilesSay()
    {
        using var assets = new AssetsCopy();
        // Who puts a dashboard there comes to own it, and may save over its charts.
        Passed(await AuthoringProgram.OfAsync(stack, assets, "push", Dashboard));
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.NorthsideAdministrator);
        try
        {
            await using var author = await AuthorPage.SignInAsync(stack, browser, "author@embedstack.example", "author-password");
            var explore = await ExplorePage.OpenAsync(author, (await ChartEdit.OfAsync(author, DashboardUuid, Chart)).Number);
            await explore.WriteSubtitleAsync(Edited);
            await explore.SaveAsync();

            var compared = await AuthoringProgram.OfAsync(stack, assets, "diff", Dashboard);
            Assert.Equal(1, compared.ExitCode);
            Assert.Equal([$"-  subtitle: {Written}", $"+  subtitle: {Edited}"], Changed(compared.Output, "subtitle:"));
            Assert.Empty(assets.Changed());

            Passed(await AuthoringProgram.OfAsync(stack, assets, "pull", Dashboard));
            Assert.Equal([ChartFile], assets.Changed());
            Assert.Equal(2, assets.ChangedLines(ChartFile));
            await SeesAsync(product, Edited);
        }
        finally
        {
            using var stored = new AssetsCopy();
            Passed(await AuthoringProgram.OfAsync(stack, stored, "push", Dashboard));
        }

        await SeesAsync(product, Written);
        using var afterwards = new AssetsCopy();
        Passed(await AuthoringProgram.OfAsync(stack, afterwards, "diff", Dashboard));
    }

    [Fact]
    public async Task WhatWouldBreakIsolationIsNotPulledAndEachReasonIsTold()
    {
        using var draft = new AssetsCopy();
        Passed(await AuthoringProgram.OfAsync(stack, draft, "push", Dashboard));
        await using var foreign = await ForeignDataset.MakeAsync(stack, "revenue_facts", "revenue_by_hand", "select * from revenue_facts");
        try
        {
            await using var author = await AuthorPage.SignInAsync(stack, browser, "author@embedstack.example", "author-password");
            var swapped = await ExplorePage.OpenAsync(author, (await ChartEdit.OfAsync(author, DashboardUuid, Chart)).Number);
            await swapped.SwapDatasetAsync("revenue_by_hand");
            await swapped.SaveAsync();
            var unrecorded = await ChartEdit.OfAsync(author, DashboardUuid, "Collected");
            await unrecorded.SaveAsync(new() { ["query_context"] = null, ["description"] = "postgresql://reader:hunter2@db/clinic" });

            var refused = await AuthoringProgram.OfAsync(stack, draft, "pull", Dashboard);

            Assert.Equal(1, refused.ExitCode);
            Assert.Contains($"{ChartFile}: [dataset-catalog] dataset {foreign.Uuid} is not in the catalogue", refused.Error, StringComparison.Ordinal);
            Assert.Contains("revenue_by_hand.yaml: [dataset-sql] sql is set", refused.Error, StringComparison.Ordinal);
            Assert.Contains("charts/revenue/collection_rate.yaml: [recorded] it has no query_context", refused.Error, StringComparison.Ordinal);
            Assert.Contains("charts/revenue/collection_rate.yaml: [secret] description holds an address with a password", refused.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", refused.Error + refused.Output, StringComparison.Ordinal);
            Assert.Empty(draft.Changed());
        }
        finally
        {
            Passed(await AuthoringProgram.OfAsync(stack, draft, "push", Dashboard));
        }
    }

    private static IEnumerable<string> Changed(string diff, string what) =>
        diff.Split('\n').Where(line => line is ['+' or '-', ' ', ' ', not ' ', ..] && line.Contains(what, StringComparison.Ordinal));

    private void Passed(ProgramRun run) => Assert.True(run.ExitCode == 0, $"{run.ExitCode}: {run.Error}{run.Output}\n{stack.Describe()}");

    private async Task SeesAsync(ProductPage product, string subtitle)
    {
        await product.Page.GotoAsync(new Uri(stack.App, $"dashboards/{Dashboard}").ToString());
        await Assertions.Expect(product.Embed.GetByText(subtitle, new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = EmbedTimeout });
    }
}
