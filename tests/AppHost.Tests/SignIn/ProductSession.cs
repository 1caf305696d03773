using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>A person's session with the product, opened through Keycloak's own forms.</summary>
internal sealed class ProductSession : IDisposable
{
    // Less than the five minutes that a token lives.
    private static readonly TimeSpan TokenUse = TimeSpan.FromMinutes(3);

    private readonly Browserless browser;
    private readonly Dictionary<string, (string Token, DateTimeOffset At)> tokens = [];
    private readonly Uri app;

    private ProductSession(Uri app, Browserless? browser = null) => (this.app, this.browser) = (app, browser ?? new Browserless());

    /// <param name="stack">The stack.</param>
    /// <param name="person">Who signs in.</param>
    /// <param name="cancellationToken">Ends the sign-in.</param>
    /// <param name="process">The process of the Api that the app's origin is to lead to.</param>
    public static async Task<ProductSession> OpenAsync(StackFixture stack, Person person, CancellationToken cancellationToken, Uri? process = null)
    {
        var browser = new Browserless();
        var session = new ProductSession(stack.App, process is null ? browser : browser.Through(stack.App, process));
        var page = await session.browser.OpenAsync(new Uri(stack.App, "bff/login"), cancellationToken);
        page = await session.browser.SignInAsync(page, person.UserName, await stack.ParameterAsync(person.PasswordParameter), cancellationToken);
        if (page.Address.Authority != stack.App.Authority)
        {
            throw new InvalidOperationException($"{person} is not signed in: {page.Address.GetLeftPart(UriPartial.Path)} answered {(int)page.Status}.\n{stack.Describe()}");
        }

        return session;
    }

    /// <summary>Signs somebody in who was given a temporary password: Keycloak asks for a new one, and for the name.</summary>
    public static async Task<ProductSession> OpenFirstTimeAsync(StackFixture stack, string userName, string temporaryPassword, CancellationToken cancellationToken)
    {
        const string NewPassword = "chosen-By-The-Person-1";
        var session = new ProductSession(stack.App);
        var page = await session.browser.OpenAsync(new Uri(stack.App, "bff/login"), cancellationToken);
        page = await session.browser.SignInAsync(page, userName, temporaryPassword, cancellationToken);
        foreach (var (field, fields) in new (string, Dictionary<string, string>)[]
        {
            ("password-new", new() { ["password-new"] = NewPassword, ["password-confirm"] = NewPassword }),
            ("firstName", new() { ["email"] = userName, ["firstName"] = "Lena", ["lastName"] = "Sidebottom" }),
        })
        {
            Assert.True(page.Html.Contains($"name=\"{field}\"", StringComparison.Ordinal), $"{page.Address.AbsolutePath} does not ask for {field}:\n{page.Html}");
            page = await session.browser.SubmitAsync(page, fields, cancellationToken);
        }

        Assert.Equal(stack.App.Authority, page.Address.Authority);
        return session;
    }

    /// <summary>The same session, asked of another process of the Api.</summary>
    public ProductSession On(Uri process) => new(app, browser.Through(app, process));

    /// <summary>What the Api says of who is signed in.</summary>
    public async Task<(HttpStatusCode Status, string Body)> UserAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app, "bff/user"));
        using var response = await browser.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Signs out as the product's page does.</summary>
    /// <returns>Where the page sends the browser then.</returns>
    public async Task<Uri> SignOutAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "bff/logout"));
        request.Headers.Add("X-CSRF", "1");
        using var response = await browser.SendAsync(request, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new Uri((await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("redirect").GetString()!);
    }

    /// <summary>Follows redirects to a page.</summary>
    public Task<Browserless.Page> VisitAsync(Uri address, CancellationToken cancellationToken) => browser.OpenAsync(address, cancellationToken);

    /// <summary>A guest token for a dashboard; one that is minutes old serves again.</summary>
    public async Task<string> TokenAsync(string dashboard, CancellationToken cancellationToken)
    {
        if (!tokens.TryGetValue(dashboard, out var known) || DateTimeOffset.UtcNow - known.At > TokenUse)
        {
            var (status, body) = await MintAsync(new { dashboard_key = dashboard }, cancellationToken);
            Assert.True(status == HttpStatusCode.OK, $"The mint for {dashboard} answered {(int)status}: {body}");
            known = (JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!, DateTimeOffset.UtcNow);
            tokens[dashboard] = known;
        }

        return known.Token;
    }

    /// <summary>Lets no token from before serve again.</summary>
    public void ForgetTokens() => tokens.Clear();

    /// <summary>Asks for a guest token as the product's page does.</summary>
    public async Task<(HttpStatusCode Status, string Body)> MintAsync(
        object body, CancellationToken cancellationToken, string query = "", IReadOnlyDictionary<string, string>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "api/superset/guest-token" + query)) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-CSRF", "1");
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            request.Headers.Add(name, value);
        }

        using var response = await browser.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Sends one of the product's requests, with the header that unsafe methods need.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(app, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-CSRF", "1");
        using var response = await browser.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>The session's cookie, as a header's value.</summary>
    public string Cookies => browser.CookiesOf(app);

    public void Dispose() => browser.Dispose();
}
