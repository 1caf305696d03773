using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>Superset dies under a page that is open, is away as another is opened, and comes back.</summary>
[Trait("Category", "Faults")]
public sealed class OpenPageTests(StackFixture stack, BrowserFixture browser)
{
    private const string Dashboard = "dashboards/clinic";
    private const string Figure = "Appointments";
    private const int Charts = 12;

    [Fact]
    public async Task DashboardGoesOnAndOneThatWasOpenedMeanwhileAppearsOnceSupersetIsBack()
    {
        // Of a clinic that no other test filters: the edge answers by itself what was asked before.
        await using var open = await ProductPage.ResumeAsync(stack, browser, Person.WollongongAdministrator, Dashboard);
        var dashboard = new EmbeddedDashboard(open.Embed);
        await dashboard.ShowBarAsync();
        await open.AllChartsAsync(Charts);
        var before = await open.BigNumberAsync(Figure);
        await open.MarkFrameAsync();
        await using var opened = await ProductPage.ResumeAsync(stack, browser, Person.NorthsideAdministrator);
        var superset = new Part(stack, stack.InstancesOf(ResourceNames.Superset));
        await superset.KillAsync();
        try
        {
            // What is on the page stays; what is asked now has no answer, and nobody is asked to sign in.
            var answer = await open.Page.RunAndWaitForResponseAsync(
                () => dashboard.ChooseAsync(0),
                response => response.Url.Contains("/api/v1/chart/data", StringComparison.Ordinal) && response.Status != 200, new() { Timeout = 60_000 });
            Assert.Equal(503, answer.Status);
            await Assertions.Expect(open.Embed.Locator("input[type=password]")).ToHaveCountAsync(0);

            await opened.Page.GotoAsync(new Uri(stack.App, Dashboard).ToString());
            await Assertions.Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Name = "The dashboards are away" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Assertions.Expect(opened.Page.GetByText("This page tries again by itself as well.")).ToBeVisibleAsync();
        }
        finally
        {
            await superset.StartAsync();
        }

        await dashboard.ChooseAsync(1);
        Assert.NotEqual(before, await open.BigNumberAsync(Figure, figure => figure != before));
        await open.AllChartsAsync(Charts);
        await open.AssertSameFrameAsync();

        await opened.AllChartsAsync(Charts);
        Assert.Equal(await ClinicDatabase.AppointmentsAsync(stack, Person.NorthsideAdministrator.Tenant), await opened.BigNumberAsync(Figure));
    }
}
