using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

public sealed class SessionTests(StackFixture stack, BrowserFixture browser)
{
    private const string Filtered = "dashboards/clinic?filters=(period:(v:'Last+year'))";

    [Fact]
    public async Task SessionThatEndsElsewhereLeadsToOneSignInAndBackToTheSameState()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.PenrithAdministrator, Filtered);
        await product.AllChartsAsync(12);
        AssertFiltered(product);

        // Another tab of the same browser signs out; whoever stays asks for a chart.
        var (status, _) = await product.FetchAsync("/bff/logout", "POST", headers: new() { ["X-CSRF"] = "1" });
        Assert.Equal(200, status);
        await new EmbeddedDashboard(product.Embed).RefreshAsync();
        await product.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).WaitForAsync();
        await Assertions.Expect(product.Page.Locator("iframe")).ToHaveCountAsync(0);

        await product.SignInHereAsync(Person.PenrithAdministrator);
        await product.AllChartsAsync(12);
        AssertFiltered(product);
    }

    private static void AssertFiltered(ProductPage product)
    {
        var address = new Uri(product.Page.Url);
        Assert.Equal("/dashboards/clinic", address.AbsolutePath);
        Assert.Contains("filters=(period:", address.Query, StringComparison.Ordinal);
    }
}
