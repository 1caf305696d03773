using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.App;

public sealed class HeightTests(StackFixture stack, BrowserFixture browser)
{
    private const string Dashboard = "Network performance";

    [Fact]
    public async Task FrameIsAsTallAsTheOpenTabWithTheFilterBarOpenAsWell()
    {
        await using var product = await ProductPage.ResumeAsync(stack, browser, Person.Leadership, "dashboards/network");
        var dashboard = new EmbeddedDashboard(product.Embed);
        await dashboard.ReadyAsync();
        var first = await FrameHeight.SettledAsync(product.Page, Dashboard);

        await dashboard.ShowBarAsync();
        await FrameHeight.SettledAsync(product.Page, Dashboard, height => height == first);

        // Where the tabs are about as tall, the first one's frame would fit the second one as well.
        await dashboard.OpenTabAsync(1);
        await FrameHeight.SettledAsync(product.Page, Dashboard, height => height != first);
        await dashboard.OpenTabAsync(0);
        await FrameHeight.SettledAsync(product.Page, Dashboard, height => height == first);
    }
}
