using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

public sealed class ViewTests(StackFixture stack, BrowserFixture browser)
{
    private const string Dashboard = "dashboards/clinic";
    private const string Figure = "Appointments";
    private const string Name = "The first service";

    [Fact]
    public async Task ViewThatWasSavedOpensInAnotherBrowserAndForNobodyElse()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.ManlyAdministrator, Dashboard);
        var all = await product.BigNumberAsync(Figure);
        await product.AllChartsAsync(12);
        await new EmbeddedDashboard(product.Embed).ChooseAsync(0);
        await product.Page.WaitForURLAsync(url => url.Contains("?filters=", StringComparison.Ordinal), new() { Timeout = 60_000 });
        var some = await product.BigNumberAsync(Figure, figure => figure != all);
        Assert.NotEqual(all, some);
        var views = await OpenAsync(product);
        await views.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(Name);
        await views.GetByRole(AriaRole.Button, new() { Name = "Save this view" }).ClickAsync();
        await View(views).WaitForAsync();

        await using var elsewhere = await ProductPage.SignInAsync(stack, browser, Person.ManlyAdministrator, Dashboard);
        await View(await OpenAsync(elsewhere)).ClickAsync();
        Assert.Equal(some, await elsewhere.BigNumberAsync(Figure, figure => figure == some));

        await using var other = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, Dashboard);
        var none = await OpenAsync(other);
        await none.GetByText("You have saved none yet.").WaitForAsync();
        await Assertions.Expect(View(none)).ToHaveCountAsync(0);
    }

    private static ILocator View(ILocator views) => views.GetByRole(AriaRole.Link, new() { Name = Name });

    private static async Task<ILocator> OpenAsync(ProductPage product)
    {
        // By key: a click right after scrolling up may be taken to where the frame was.
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Views" }).PressAsync("Enter");
        var views = product.Page.GetByRole(AriaRole.Dialog, new() { Name = "Your views of this dashboard" });
        await Assertions.Expect(views).ToBeInViewportAsync(new() { Timeout = 30_000 });
        return views;
    }
}
