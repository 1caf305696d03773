using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.App;

public sealed class ShiftTests(StackFixture stack, BrowserFixture browser, ITestOutputHelper output)
{
    // A tenth of what browsers' makers call good: https://web.dev/articles/cls
    private const double Most = 0.01;

    [Fact]
    public async Task PageDoesNotJumpWhenTheDashboardAppears()
    {
        // With scrollbars: one that appears moves all that is centred.
        await using var product = await ProductPage.OpenAsync(stack, await browser.NewLenientContextAsync());
        await product.SignInAsync(Person.HarbourAdministrator, "dashboards/clinic");
        await product.Page.ReloadAsync();
        await product.AllChartsAsync(12);

        var shift = await product.Page.EvaluateAsync<double>(
            """
            () => new Promise(resolve => {
              let sum = 0;
              new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.hadRecentInput ? 0 : entry.value; })
                .observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => resolve(sum), 500);
            })
            """);

        output.WriteLine($"Layout shift: {shift:0.000}");
        Assert.InRange(shift, 0, Most);
    }
}
