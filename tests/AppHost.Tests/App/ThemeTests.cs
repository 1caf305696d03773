using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Dark is dark from the first frame on, in the app and in what it embeds.</summary>
public sealed class ThemeTests(StackFixture stack, BrowserFixture browser)
{
    // Of 255. The dark surfaces are below 40, charts and text raise the mean a little; light ones are above 230.
    private const int BrightestMean = 90;

    [Fact]
    public async Task NoFrameOfADarkDashboardIsLight()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, scheme: ColorScheme.Dark);
        await product.Page.GotoAsync(new Uri(stack.App, "audit").ToString());
        await using var film = await Film.BeginAsync(product.Page);

        await product.Page.GetByRole(AriaRole.Link, new() { Name = "Clinic overview" }).ClickAsync();
        await product.AllChartsAsync(12);
        await product.Page.ReloadAsync();
        await product.AllChartsAsync(12);

        var means = await film.EndAsync();
        Assert.True(means.Count > 10, $"Only {means.Count} frames were seen.");
        Assert.True(means.Max() < BrightestMean, $"Frame {means.ToList().IndexOf(means.Max())} of {means.Count} has a mean of {means.Max()}.");
    }

    [Fact]
    public async Task ChoiceOutlivesTheSystemsAndReachesTheEmbed()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator, "dashboards/clinic", ColorScheme.Dark);
        await product.AllChartsAsync(12);
        Assert.Equal("rgb(24, 31, 33)", await GroundUntilAsync(product, "rgb(24, 31, 33)"));

        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" }).ClickAsync();
        await product.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Light" }).ClickAsync();

        Assert.Equal("rgb(255, 255, 255)", await GroundUntilAsync(product, "rgb(255, 255, 255)"));
        await Assertions.Expect(product.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await Assertions.Expect(product.Page.Locator("iframe")).ToHaveCSSAsync("color-scheme", "light");
        await product.Page.ReloadAsync();
        await Assertions.Expect(product.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }

    [Theory]
    [InlineData("rgb(31, 78, 156)", false)]
    [InlineData("rgb(11, 93, 102)", true)]
    public async Task PageIsPaintedInTheClinicsColoursBeforeItKnowsWhoIsThere(string colour, bool isNobody)
    {
        await using var product = await ProductPage.OpenAsync(stack, browser);
        if (!isNobody)
        {
            await product.TakeSessionAsync(Person.HarbourAdministrator);
        }

        // Nobody tells the page who is there until its first frame was looked at.
        var looked = new TaskCompletionSource();
        await product.Page.RouteAsync("**/bff/user", async route =>
        {
            await looked.Task;
            await route.ContinueAsync();
        });
        await product.Page.GotoAsync(stack.App.ToString());
        await Assertions.Expect(product.Page.Locator(".spinner")).ToHaveCSSAsync("border-top-color", colour);
        looked.SetResult();
        await product.Page.GetByText(isNobody ? "Sign in" : Person.HarbourAdministrator.Clinic).First.WaitForAsync();
        await Assertions.Expect(product.Page.Locator(isNobody ? "a.button" : ".tenant-mark")).ToHaveCSSAsync("background-color", colour);
    }

    // What a chart stands on: the app's own surface, by the tokens that the embed was told.
    private static async Task<string> GroundUntilAsync(ProductPage product, string wanted)
    {
        var chart = product.Embed.Locator("[data-test=\"chart-grid-component\"]").First;
        for (var until = DateTime.UtcNow.AddSeconds(20); ; await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            var ground = await chart.EvaluateAsync<string>(
                """
                element => {
                  const clear = 'rgba(0, 0, 0, 0)';
                  let at = element;
                  while (at.parentElement && getComputedStyle(at).backgroundColor === clear) at = at.parentElement;
                  return getComputedStyle(at).backgroundColor;
                }
                """);
            if (ground == wanted || DateTime.UtcNow > until)
            {
                return ground;
            }
        }
    }
}
