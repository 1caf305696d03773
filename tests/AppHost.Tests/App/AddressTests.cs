using EmbedStack.AppHost.Tests.Browser;
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
        await FilterAsync(product);
        await product.Page.WaitForURLAsync(url => url.Contains("?filters=", StringComparison.Ordinal), new() { Timeout = Timeout });
        var address = product.Page.Url;
        var some = await UntilAsync(product, figure => figure != all);
        Assert.InRange(some, 1, all - 1);

        await product.Page.GoBackAsync();
        Assert.Equal(all, await UntilAsync(product, figure => figure == all));
        await product.Page.GoForwardAsync();
        Assert.Equal(some, await UntilAsync(product, figure => figure == some));

        // Somebody of the same clinic who was sent the address: the sign-in leads back to it.
        await using var other = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, new Uri(address).PathAndQuery);
        Assert.Equal(address, other.Page.Url);
        Assert.Equal(some, await UntilAsync(other, figure => figure == some));
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

    private static async Task FilterAsync(ProductPage product)
    {
        var embed = product.Embed;
        var expand = embed.Locator("[data-test=\"filter-bar__expand-button\"]");
        if (await expand.IsVisibleAsync())
        {
            await expand.ClickAsync(new() { Timeout = Timeout });
        }

        await embed.Locator("[data-test=\"filter-bar\"] .ant-select").First.ClickAsync(new() { Timeout = Timeout });
        await embed.Locator(".ant-select-item-option").First.ClickAsync(new() { Timeout = Timeout });
        await embed.Locator("[data-test=\"filter-bar__apply-button\"]").ClickAsync(new() { Timeout = Timeout });
    }

    // The former figure stands until the next one has come.
    private static async Task<decimal> UntilAsync(ProductPage product, Func<decimal, bool> wanted)
    {
        var until = DateTime.UtcNow.AddMilliseconds(Timeout);
        while (true)
        {
            var figure = await product.BigNumberAsync(Figure);
            if (wanted(figure) || DateTime.UtcNow > until)
            {
                return figure;
            }

            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
    }
}
