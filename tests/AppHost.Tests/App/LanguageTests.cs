using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

public sealed class LanguageTests(StackFixture stack, BrowserFixture browser)
{
    private const float Timeout = 60_000;

    [Fact]
    public async Task ChoiceReachesTheEmbed()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourStaff, "dashboards/appointments");
        await OpenMenuAsync(product);
        await product.Embed.GetByText("Force refresh").First.WaitForAsync(new() { Timeout = Timeout });

        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" }).ClickAsync();
        await product.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Deutsch" }).ClickAsync();

        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Link kopieren" }).WaitForAsync();
        await OpenMenuAsync(product);
        await product.Embed.GetByText("Aktualisierung erzwingen").First.WaitForAsync(new() { Timeout = Timeout });
    }

    private static Task OpenMenuAsync(ProductPage product) =>
        product.Embed.Locator("[data-test=\"chart-grid-component\"] [id$=\"-controls\"]").First.ClickAsync(new() { Timeout = 2 * Timeout });
}
