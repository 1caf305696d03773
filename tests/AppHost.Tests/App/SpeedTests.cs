using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>The browser's own figures of the first page, printed.</summary>
public sealed class SpeedTests(StackFixture stack, BrowserFixture browser, ITestOutputHelper output)
{
    private const double MostScript = 150_000;

    [Fact]
    public async Task FirstPageLoadsLittleScript()
    {
        Assert.SkipUnless(StackFixture.IsWebBuilt, "The development server serves each source as it is.");
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.HarbourAdministrator);
        await product.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.NetworkIdle });

        var figures = await product.Page.EvaluateAsync<Figures>(
            """
            () => new Promise(resolve => {
              const resources = performance.getEntriesByType('resource');
              const sum = (kind) => resources.filter(({ name }) => new URL(name).pathname.endsWith(kind)).reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0);
              const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
              const done = (largest) => resolve({ script: sum('.js'), style: sum('.css'), requests: resources.length, paint, largest });
              new PerformanceObserver(list => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
              setTimeout(() => done(0), 2_000);
            })
            """);

        output.WriteLine(
            $"First page: {figures.Script:0} bytes of script, {figures.Style:0} of style, {figures.Requests} requests; first paint after {figures.Paint:0} ms, the largest after {figures.Largest:0} ms.");
        Assert.InRange(figures.Script, 1, MostScript);
    }

    private sealed class Figures
    {
        public double Script { get; set; }

        public double Style { get; set; }

        public int Requests { get; set; }

        public double Paint { get; set; }

        public double Largest { get; set; }
    }
}
