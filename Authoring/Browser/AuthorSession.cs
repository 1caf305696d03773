using System.Net;
using System.Text.Json;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Playwright;

namespace EmbedStack.Authoring.Browser;

/// <summary>An author, signed in to Superset by the authors' origin.</summary>
internal sealed class AuthorSession : IAsyncDisposable
{
    private const float SignInTimeout = 60_000;
    private const float AnswerTimeout = 120_000;

    private readonly IBrowserContext _context;
    private readonly Uri _origin;

    private AuthorSession(IBrowserContext context, Uri origin) => (_context, _origin) = (context, origin);

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

        await page.CloseAsync();
        return new AuthorSession(context, origin);
    }

    public Task<IPage> NewPageAsync() => _context.NewPageAsync();

    /// <summary>The <c>result</c> of an answer of Superset's API.</summary>
    /// <exception cref="JobException">Superset refused.</exception>
    public async Task<JsonElement> GetAsync(string path) => await ResultAsync(path, await _context.APIRequest.GetAsync(Address(path), new() { Timeout = AnswerTimeout }));

    /// <inheritdoc cref="GetAsync"/>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        var token = (await GetAsync("api/v1/security/csrf_token/")).GetString()!;
        var headers = new Dictionary<string, string> { ["X-CSRFToken"] = token, ["Referer"] = _origin.ToString() };
        return await ResultAsync(path, await _context.APIRequest.PostAsync(Address(path), new() { DataObject = body, Headers = headers, Timeout = AnswerTimeout }));
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private string Address(string path) => new Uri(_origin, path).ToString();

    private static async Task<JsonElement> ResultAsync(string path, IAPIResponse answer)
    {
        if (answer.Ok && await answer.JsonAsync() is { } json)
        {
            return json.GetProperty("result");
        }

        var text = await answer.TextAsync();
        throw new JobException(answer.Status == (int)HttpStatusCode.UnprocessableEntity
            ? JsonDocument.Parse(text).RootElement.GetProperty("message").ToString()
            : $"Superset answered {answer.Status} to {path}: {text.ReplaceLineEndings(" ")[..Math.Min(text.Length, 200)]}");
    }
}
