using System.Text.Json;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace EmbedStack.Authoring.Browser;

/// <summary>An author, signed in to Superset by the authors' origin.</summary>
internal sealed class AuthorSession : IAsyncDisposable
{
    private const float SignInTimeout = 60_000;

    private readonly IBrowserContext _context;
    private readonly IPage _page;

    private AuthorSession(IBrowserContext context, IPage page) => (_context, _page) = (context, page);

    /// <exception cref="JobException">The sign-in did not come to an end.</exception>
    public static async Task<AuthorSession> SignInAsync(IBrowser browser, Uri origin, string userName, string password)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = origin.ToString(), ViewportSize = new() { Width = 1440, Height = 1000 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(SignInTimeout);
        try
        {
            await page.GotoAsync("login/");
            // With organizations on, Keycloak asks for the name first and for the password on a page of its own.
            await page.Locator("#username").FillAsync(userName);
            await page.Locator("#kc-login").ClickAsync();
            await page.Locator("#password").FillAsync(password);
            await page.Locator("#kc-login").ClickAsync();
            await page.WaitForURLAsync(url => url.StartsWith(origin.ToString(), StringComparison.Ordinal));
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            throw new JobException($"{userName} could not sign in at {origin}: the page stayed at {new Uri(page.Url).GetLeftPart(UriPartial.Path)}", e);
        }

        return new AuthorSession(context, page);
    }

    public Task<IPage> NewPageAsync() => _context.NewPageAsync();

    /// <summary>The <c>result</c> of an answer of Superset's API.</summary>
    /// <exception cref="JobException">Superset refused.</exception>
    public Task<JsonElement> GetAsync(string path) => FetchAsync(path, "GET", null, null);

    /// <inheritdoc cref="GetAsync"/>
    public async Task<JsonElement> PostAsync(string path, object body) =>
        await FetchAsync(path, "POST", JsonSerializer.Serialize(body), (await GetAsync("/api/v1/security/csrf_token/")).GetString());

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    // From within the page: the browser alone knows the way to authors.localhost, and has the session.
    private async Task<JsonElement> FetchAsync(string path, string method, string? body, string? token)
    {
        var answer = await _page.EvaluateAsync<Answer>(
            """
            async ([path, method, body, token]) => {
              const headers = body === null ? {} : { 'content-type': 'application/json', 'x-csrftoken': token };
              const response = await fetch(path, { method, body, headers });
              return { status: response.status, text: await response.text() };
            }
            """,
            new[] { path, method, body, token });
        if (answer.Status == StatusCodes.Status200OK)
        {
            return JsonDocument.Parse(answer.Text).RootElement.GetProperty("result");
        }

        throw new JobException(answer.Status == StatusCodes.Status422UnprocessableEntity
            ? JsonDocument.Parse(answer.Text).RootElement.GetProperty("message").ToString()
            : $"Superset answered {answer.Status} to {path}: {answer.Text.ReplaceLineEndings(" ")[..Math.Min(answer.Text.Length, 200)]}");
    }

    private sealed class Answer
    {
        public int Status { get; set; }

        public string Text { get; set; } = "";
    }
}
