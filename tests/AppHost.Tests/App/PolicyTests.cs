using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>The built app under the policy that the Api serves it with: nothing of it is refused, nothing else passes.</summary>
public sealed class PolicyTests(StackFixture stack, BrowserFixture browser)
{
    private const string Watch =
        "window.refused = []; document.addEventListener('securitypolicyviolation', e => window.refused.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`));";

    [Fact]
    public async Task NothingOfTheAppIsRefusedAndNothingElsePasses()
    {
        Assert.SkipUnless(StackFixture.IsWebBuilt, "The development server has no policy.");
        await using var product = await ProductPage.OpenAsync(stack, browser);
        await product.Page.AddInitScriptAsync(Watch);
        await product.SignInAsync(Person.HarbourAdministrator, "dashboards/clinic");
        await product.AllChartsAsync(12);
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" }).ClickAsync();
        await product.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Dark" }).ClickAsync();
        await product.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await product.Page.GetByRole(AriaRole.Heading, new() { Name = "Audit" }).WaitForAsync();
        Assert.Empty(await RefusedAsync(product.Page));

        var script = await product.Page.EvaluateAsync<string>(
            """
            () => { try { const s = document.createElement('script'); s.text = 'window.injected = 1'; document.body.append(s); return `${window.injected}`; } catch (e) { return e.name; } }
            """);
        Assert.Equal("TypeError", script); // Trusted Types
        await product.Page.EvaluateAsync(
            """
            () => {
              const frame = document.createElement('iframe');
              frame.src = location.origin + '/';
              document.body.append(frame);
              const image = new Image();
              image.src = 'http://127.0.0.1:1/elsewhere.png';
            }
            """);
        await product.Page.WaitForFunctionAsync("() => window.refused.some(r => r.startsWith('frame-src')) && window.refused.some(r => r.startsWith('img-src'))");
    }

    private static Task<string[]> RefusedAsync(IPage page) => page.EvaluateAsync<string[]>("() => window.refused");
}
