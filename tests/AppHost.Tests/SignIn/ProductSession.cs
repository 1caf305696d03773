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

    private readonly Browserless browser = new();
    private readonly Dictionary<string, (string Token, DateTimeOffset At)> tokens = [];
    private readonly Uri app;

    private ProductSession(Uri app) => this.app = app;

    public static async Task<ProductSession> OpenAsync(StackFixture stack, Person person, CancellationToken cancellationToken)
    {
        var session = new ProductSession(stack.App);
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

    public void Dispose() => browser.Dispose();
}
