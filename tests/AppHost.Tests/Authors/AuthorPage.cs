using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary>Superset as those see it who sign in to it.</summary>
internal sealed class AuthorPage(StackFixture stack, IBrowserContext context, IPage page) : IAsyncDisposable
{
    private const float Timeout = 120_000;

    public IPage Page => page;

    /// <summary>Browsers resolve the name by themselves; the system need not know it.</summary>
    public static Uri Origin(StackFixture stack) => new UriBuilder(stack.Authors) { Host = "authors.localhost" }.Uri;

    public static async Task<AuthorPage> SignInAsync(StackFixture stack, BrowserFixture browser, string userName, string passwordParameter)
    {
        var context = await browser.NewContextAsync();
        var author = new AuthorPage(stack, context, await context.NewPageAsync());
        await author.GoToAsync("login/");
        await author.Page.Locator("#username").FillAsync(userName, new() { Timeout = Timeout });
        await author.Page.Locator("#kc-login").ClickAsync();
        await author.Page.Locator("#password").FillAsync(await stack.ParameterAsync(passwordParameter), new() { Timeout = Timeout });
        await author.Page.Locator("#kc-login").ClickAsync();
        await author.Page.WaitForURLAsync(url => url.StartsWith(Origin(stack).ToString(), StringComparison.Ordinal), new() { Timeout = Timeout });
        return author;
    }

    public async Task<IResponse> GoToAsync(string path) =>
        (await page.GotoAsync(new Uri(Origin(stack), path).ToString(), new() { Timeout = Timeout, WaitUntil = WaitUntilState.Commit }))!;

    /// <summary>What a script of Superset's own page gets as text.</summary>
    public Task<string> FetchAsync(string path, object? body = null) => page.EvaluateAsync<string>(
        """
        async ([path, body]) => {
          const csrf = document.querySelector('#csrf_token')?.value;
          const answer = await fetch(path, body === null ? {} : {
            method: 'POST', body, headers: { 'content-type': 'application/json', 'x-csrftoken': csrf } });
          return await answer.text();
        }
        """,
        new object?[] { path, body is null ? null : System.Text.Json.JsonSerializer.Serialize(body) });

    /// <summary>What Superset answers to an author's change.</summary>
    public Task<string> PutAsync(string path, object body) => page.EvaluateAsync<string>(
        """
        async ([path, body]) => {
          const csrf = (await (await fetch('/api/v1/security/csrf_token/')).json()).result;
          const answer = await fetch(path, { method: 'PUT', body, headers: { 'content-type': 'application/json', 'x-csrftoken': csrf } });
          return await answer.text();
        }
        """,
        new[] { path, System.Text.Json.JsonSerializer.Serialize(body) });

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
