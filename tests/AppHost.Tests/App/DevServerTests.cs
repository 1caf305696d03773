using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>The other tests open the app as it was built; this one as it is written.</summary>
public sealed class DevServerTests(StackFixture stack, BrowserFixture browser)
{
    [Fact]
    public async Task DevelopmentServerShowsWhoIsSignedIn()
    {
        Assert.SkipUnless(StackFixture.IsWebBuilt, "All tests use the development server.");
        var cancellation = TestContext.Current.CancellationToken;
        var address = DevServer.FreeAddress();
        await using var api = await SecondApi.StartAsync(
            stack, cancellation, new Dictionary<string, string> { ["Origins__App"] = address.GetLeftPart(UriPartial.Authority), ["App__Directory"] = "" });
        await using var server = await DevServer.StartAsync(address, api.Address, cancellation);
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator);

        // Cookies know no ports: the session is the same person's there.
        await product.Page.GotoAsync(address.ToString());

        await Assertions.Expect(product.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Hello,", new() { Timeout = 60_000 });
        await Assertions.Expect(product.Page.GetByRole(AriaRole.Link, new() { Name = "Clinic overview" }).First).ToBeVisibleAsync();
    }
}
