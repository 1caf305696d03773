using System.Globalization;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Browser;

/// <summary>The product's page as a person uses it: signing in through Keycloak, reading the embedded charts.</summary>
internal sealed partial class ProductPage : IAsyncDisposable
{
    private const float SignInTimeout = 60_000;
    private const float ChartTimeout = 120_000;
    private static readonly TimeSpan FigurePatience = TimeSpan.FromMinutes(1);

    private readonly IBrowserContext context;
    private readonly IProductStack stack;
    private readonly List<string> console = [];

    private ProductPage(IProductStack stack, IBrowserContext context, IPage page)
    {
        this.stack = stack;
        this.context = context;
        Page = page;
        page.Console += (_, message) => console.Add($"{message.Type}: {message.Text}");
        page.RequestFailed += (_, request) => console.Add($"failed: {request.Method} {new Uri(request.Url).GetLeftPart(UriPartial.Path)} {request.Failure}");
        page.Response += (_, response) => Note(response);
    }

    public IPage Page { get; }

    public IFrameLocator Embed => Page.FrameLocator("iframe");

    public static async Task<ProductPage> OpenAsync(IProductStack stack, IBrowserContexts browser, ColorScheme scheme = ColorScheme.Light) =>
        await OpenAsync(stack, await browser.NewContextAsync(), scheme);

    public static async Task<ProductPage> OpenAsync(IProductStack stack, IBrowserContext context, ColorScheme scheme = ColorScheme.Light)
    {
        await Traces.BeginAsync(context);
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        return new ProductPage(stack, context, page);
    }

    /// <summary>Signs in from a page of the app, and is back there.</summary>
    public static async Task<ProductPage> SignInAsync(IProductStack stack, IBrowserContexts browser, Person person, string path = "", ColorScheme scheme = ColorScheme.Light)
    {
        var product = await OpenAsync(stack, browser, scheme);
        await product.SignInAsync(person, path);
        return product;
    }

    /// <summary>Another tab of the same browser; it goes with this one.</summary>
    public async Task<ProductPage> OpenTabAsync() => new(stack, context, await context.NewPageAsync());

    /// <summary>Signs out, and comes back to the app's own page.</summary>
    public async Task SignOutAsync()
    {
        // The page that is left may offer to sign in as well, once its dashboard is refused: what counts is the next one.
        var back = Page.WaitForResponseAsync(
            answer => answer.Request.IsNavigationRequest && answer.Ok && answer.Url.StartsWith(stack.App.ToString(), StringComparison.Ordinal),
            new() { Timeout = SignInTimeout });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await back;
        await Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).WaitForAsync(new() { Timeout = SignInTimeout });
    }

    public async Task SignInAsync(Person person, string path = "")
    {
        await Page.GotoAsync(new Uri(stack.App, path).ToString());
        await SignInHereAsync(person);
    }

    /// <summary>Follows the page's own link to the sign-in, and comes back.</summary>
    public async Task SignInHereAsync(Person person)
    {
        await Explained(async () =>
        {
            await Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync(new() { Timeout = SignInTimeout });
            // With organizations on, Keycloak asks for the name first and for the password on a page of its own.
            await Page.Locator("#username").FillAsync(person.UserName, new() { Timeout = SignInTimeout });
            await Page.Locator("#kc-login").ClickAsync();
            await Page.Locator("#password").FillAsync(await stack.ParameterAsync(person.PasswordParameter));
            await Page.Locator("#kc-login").ClickAsync();
            await Page.WaitForURLAsync(url => url.StartsWith(stack.App.ToString(), StringComparison.Ordinal), new() { Timeout = SignInTimeout });
            await Assertions.Expect(Page.GetByText(person.Clinic)).ToBeVisibleAsync(new() { Timeout = SignInTimeout });
        });
    }

    /// <summary>The figure that a big-number chart of the embedded dashboard shows.</summary>
    public async Task<decimal> BigNumberAsync(string chart)
    {
        var text = string.Empty;
        await Explained(async () =>
        {
            var figure = Embed.Locator($"[data-test-chart-name=\"{chart}\"] .header-line").First;
            await figure.WaitForAsync(new() { Timeout = ChartTimeout });
            text = await figure.InnerTextAsync();
        });
        return decimal.Parse(text.Trim().Trim('$', '%'), NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    /// <summary>The figure, once it is as wanted or a minute has passed: the former one stands until the next has come.</summary>
    public async Task<decimal> BigNumberAsync(string chart, Func<decimal, bool> wanted)
    {
        for (var until = DateTime.UtcNow + FigurePatience; ; await Task.Delay(250, TestContext.Current.CancellationToken))
        {
            var figure = await BigNumberAsync(chart);
            if (wanted(figure) || DateTime.UtcNow > until)
            {
                return figure;
            }
        }
    }

    /// <summary>The first <paramref name="columns"/> cells of each row of an embedded table, joined by "|".</summary>
    public async Task<string[]> TableAsync(string chart, int columns)
    {
        string[] rows = [];
        await Explained(async () =>
        {
            var table = Embed.Locator($"[data-test-chart-name=\"{chart}\"] table tbody tr");
            await table.First.WaitForAsync(new() { Timeout = ChartTimeout });
            rows = await table.EvaluateAllAsync<string[]>(
                "(rows, columns) => rows.map(row => [...row.cells].slice(0, columns).map(cell => cell.textContent.trim()).join('|'))", columns);
        });
        return rows;
    }

    /// <summary>Waits until no chart of the embedded dashboard is loading, and none has failed.</summary>
    public Task AllChartsAsync(int count) => Explained(async () =>
    {
        var charts = Embed.Locator("[data-test=\"chart-grid-component\"]");
        await Assertions.Expect(charts).ToHaveCountAsync(count, new() { Timeout = ChartTimeout });
        await Assertions.Expect(Embed.Locator("[data-test=\"chart-container\"]")).ToHaveCountAsync(count, new() { Timeout = ChartTimeout });
        await Assertions.Expect(Embed.Locator("[data-test=\"loading-indicator\"]")).ToHaveCountAsync(0, new() { Timeout = ChartTimeout });
        await Assertions.Expect(Embed.Locator(".chart-error, [data-test=\"error-alert\"]")).ToHaveCountAsync(0);
    });

    /// <summary>Remembers the frame that stands, for <see cref="AssertSameFrameAsync"/>.</summary>
    public Task MarkFrameAsync() => Page.Locator("iframe").EvaluateAsync("frame => { frame.dataset.mark = 'the same'; }");

    /// <summary>Asserts that the dashboard was not begun anew.</summary>
    public Task AssertSameFrameAsync() => Assertions.Expect(Page.Locator("iframe[data-mark]")).ToHaveCountAsync(1);

    /// <summary>The session's own request from within the page, as a script of the page could send it.</summary>
    public async Task<(int Status, string Body)> FetchAsync(string path, string method = "GET", string? json = null, Dictionary<string, string>? headers = null)
    {
        var answer = await Page.EvaluateAsync<FetchAnswer>(
            """
            async ([path, method, json, headers]) => {
              const response = await fetch(path, { method, body: json ?? undefined, headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...(headers ?? {}) } });
              return { status: response.status, body: await response.text() };
            }
            """,
            new object?[] { path, method, json, headers });
        return (answer.Status, answer.Body);
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Note(IResponse response)
    {
        if (response.Status >= 400)
        {
            console.Add($"{response.Status}: {response.Request.Method} {new Uri(response.Url).GetLeftPart(UriPartial.Path)}");
        }
    }

    // A wait that fails says what the browser and the stack were doing. Queries are cut: they may hold codes.
    private async Task Explained(Func<Task> wait)
    {
        try
        {
            await wait();
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            var failure = Path.Combine(AppContext.BaseDirectory, $"failure-{Guid.NewGuid():N}");
            var screenshot = $"{failure}.png";
            await Page.ScreenshotAsync(new() { Path = screenshot });
            await Traces.KeepAsync(context, $"{failure}.trace.zip");
            throw new InvalidOperationException(
                $"{e.Message}\nAt {new Uri(Page.Url).GetLeftPart(UriPartial.Path)}, picture {screenshot}\n{string.Join('\n', console.TakeLast(40))}\n{stack.Describe()}",
                e);
        }
    }

    private sealed class FetchAnswer
    {
        public int Status { get; set; }

        public string Body { get; set; } = string.Empty;
    }
}
