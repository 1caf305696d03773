using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>What is chosen in a dashboard stands in the app's address.</summary>
public sealed class AddressTests(StackFixture stack, BrowserFixture browser)
{
    private const string Dashboard = "dashboards/clinic";
    private const string Figure = "Appointments";
    private const float Timeout = 60_000;

    [Fact]
    public async Task FilterLeadsBackAndForwardAndOpensElsewhere()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, Dashboard);
        var all = await product.BigNumberAsync(Figure);

        await product.AllChartsAsync(12);
        await new EmbeddedDashboard(product.Embed).ChooseAsync(0);
        await product.Page.WaitForURLAsync(url => url.Contains("?filters=", StringComparison.Ordinal), new() { Timeout = Timeout });
        var address = product.Page.Url;
        var some = await product.BigNumberAsync(Figure, figure => figure != all);
        Assert.InRange(some, 1, all - 1);

        await product.Page.GoBackAsync();
        Assert.Equal(all, await product.BigNumberAsync(Figure, figure => figure == all));
        await product.Page.GoForwardAsync();
        Assert.Equal(some, await product.BigNumberAsync(Figure, figure => figure == some));

        // Somebody of the same clinic who was sent the address: the sign-in leads back to it.
        await using var other = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, new Uri(address).PathAndQuery);
        Assert.Equal(address, other.Page.Url);
        Assert.Equal(some, await other.BigNumberAsync(Figure, figure => figure == some));
    }

    [Fact]
    public async Task FilterThatNoDashboardHasIsRefused()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, Dashboard);
        var answer = await product.Page.RunAndWaitForResponseAsync(
            () => product.Page.GotoAsync(new Uri(stack.App, $"{Dashboard}?filters=(clinician:(f:!(!(tenant_id,IN)),v:!(northside)))").ToString()),
            response => response.Url.Contains("/api/v1/chart/data", StringComparison.Ordinal)
                && response.Request.PostData?.Contains("tenant_id", StringComparison.Ordinal) == true,
            new() { Timeout = Timeout });

        Assert.InRange(answer.Status, 400, 499);
    }
}
