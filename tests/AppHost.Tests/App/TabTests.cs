using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

public sealed class TabTests(StackFixture stack, BrowserFixture browser)
{
    private const string Second = "Compliance";
    private const string OfFirst = "Utilisation by clinic and month";
    private const string OfSecond = "Notes on time";
    private const float Timeout = 60_000;

    [Fact]
    public async Task OpenTabStandsInTheAddressAndOpensElsewhere()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.Leadership, "dashboards/network");
        await Tab(product).ClickAsync(new() { Timeout = Timeout });
        await product.Page.WaitForURLAsync(url => url.Contains("permalink=", StringComparison.Ordinal), new() { Timeout = Timeout });

        await using var other = await ProductPage.SignInAsync(stack, browser, Person.Leadership, new Uri(product.Page.Url).PathAndQuery);
        await Assertions.Expect(Tab(other)).ToHaveAttributeAsync("aria-selected", "true", new() { Timeout = Timeout });
        await Assertions.Expect(Chart(other, OfSecond)).ToBeVisibleAsync(new() { Timeout = Timeout });
        await Assertions.Expect(Chart(other, OfFirst)).ToBeHiddenAsync();

        await product.Page.GoBackAsync();
        await Assertions.Expect(Tab(product)).ToHaveAttributeAsync("aria-selected", "false", new() { Timeout = Timeout });
        await Assertions.Expect(Chart(product, OfFirst)).ToBeVisibleAsync(new() { Timeout = Timeout });
    }

    private static ILocator Tab(ProductPage product) =>
        product.Embed.GetByRole(AriaRole.Tab, new() { Name = Second });

    private static ILocator Chart(ProductPage product, string title) => product.Embed.GetByText(title, new() { Exact = true }).First;
}
