using System.Net;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Charts leave as files where the role exports, and each try is written down.</summary>
public sealed class ChartFileTests(StackFixture stack, BrowserFixture browser)
{
    private const float Timeout = 60_000;
    private static readonly TimeSpan Shipping = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task AdministratorSavesAChartFromItsMenu()
    {
        var before = await ExportsAsync(Person.HurstvilleAdministrator, "allowed");
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HurstvilleAdministrator, "dashboards/clinic");
        await product.AllChartsAsync(12);

        Assert.EndsWith(".csv", (await SaveAsync(product, "Export to .CSV")).SuggestedFilename, StringComparison.Ordinal);
        Assert.EndsWith(".xlsx", (await SaveAsync(product, "Export to Excel")).SuggestedFilename, StringComparison.Ordinal);
        await UntilAsync(Person.HurstvilleAdministrator, "allowed", before + 2);
    }

    [Fact]
    public async Task ClinicianIsOfferedNoFileAndRefusedOne()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.NorthsideClinician, "dashboards/appointments");
        await product.Embed.Locator("[data-test=\"chart-grid-component\"]").First.WaitForAsync(new() { Timeout = 120_000 });
        await new EmbeddedDashboard(product.Embed).OpenMenuAsync();
        await product.Embed.GetByText("Force refresh").First.WaitForAsync(new() { Timeout = Timeout });
        await Assertions.Expect(product.Embed.GetByText("Download", new() { Exact = true })).ToHaveCountAsync(0);

        var before = await ExportsAsync(Person.NorthsideClinician, "refused");
        var attack = await Attack.ByClinicianAsync(stack);
        var answer = await attack.Guest.ExportAsync(attack.Chart.Request());
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        await UntilAsync(Person.NorthsideClinician, "refused", before + 1);
    }

    private static async Task<IDownload> SaveAsync(ProductPage product, string item)
    {
        // The page submits a form into a new tab, which becomes the file.
        var file = new TaskCompletionSource<IDownload>();
        void Watch(object? sender, IPage tab) => tab.Download += (_, download) => file.TrySetResult(download);
        product.Page.Context.Page += Watch;
        Watch(null, product.Page);
        await new EmbeddedDashboard(product.Embed).OpenMenuAsync();
        await product.Embed.GetByText("Download", new() { Exact = true }).HoverAsync(new() { Timeout = Timeout });
        await product.Embed.GetByText(item, new() { Exact = true }).ClickAsync(new() { Timeout = Timeout });
        var saved = await file.Task.WaitAsync(TimeSpan.FromMilliseconds(Timeout), TestContext.Current.CancellationToken);
        product.Page.Context.Page -= Watch;
        Assert.True(new FileInfo((await saved.PathAsync())!).Length > 5, $"{saved.SuggestedFilename} is empty.");
        return saved;
    }

    private Task<long> ExportsAsync(Person person, string outcome) => Superuser.ScalarAsync<long>(
        stack, "embedstack-db", "select count(*) from audit.data_access where way = 'export' and tenant = $1 and role = $2 and outcome = $3",
        person.Tenant, person.Role, outcome);

    private async Task UntilAsync(Person person, string outcome, long wanted)
    {
        for (var until = DateTime.UtcNow + Shipping; await ExportsAsync(person, outcome) < wanted; await Task.Delay(250, TestContext.Current.CancellationToken))
        {
            Assert.True(DateTime.UtcNow < until, $"No export of {person} was written down as {outcome} within {Shipping}.");
        }
    }
}
