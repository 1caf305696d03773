using System.Net;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>What stands around the mint, of the checks that docs/security-tests.md lists; each named after its number there.</summary>
public sealed class SurroundingsChecks(ApiFixture api, SurroundingsChecks.SecureApi secure) : IClassFixture<ApiFixture>, IClassFixture<SurroundingsChecks.SecureApi>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check9NobodySeesAnythingWithoutASessionOrAToken()
    {
        using var nobody = api.NewBrowser();
        var routes = api.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"], (route, method) => (Route: route, Method: method)).ToArray();
        var open = new List<string>();
        foreach (var (route, method) in routes)
        {
            if (route.Metadata.GetMetadata<IAuthorizeData>() is null)
            {
                open.Add($"{method} {route.RoutePattern.RawText}");
                continue;
            }

            var path = string.Join('/', route.RoutePattern.RawText!.Split('/').Select(part => part.StartsWith('{') ? "1" : part));
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "X-CSRF", "1" } } };
            using var answer = await nobody.SendAsync(request);
            await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        }

        // Whatever else is open to nobody in particular must be decided here.
        Assert.Equal(
            [
                "* /alive", "* /health", "GET /api/operator/warm-up/", "GET /bff/brand.css", "GET /bff/login", "GET /openapi/{documentName}.json",
                "POST /api/operator/warm-up/", "POST /bff/backchannel-logout", "POST /bff/logout",
            ],
            open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/api/v1/chart/data", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/v1/me/roles/", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/login/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/swagger/v1", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/security/login", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/database/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/bff/user", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/audit", HttpStatusCode.NotFound)]
    public async Task Check9EmbedOriginAnswersNobody(string method, string path, HttpStatusCode status)
    {
        using var nobody = api.NewEmbedBrowser();
        using var request = nobody.Request(method, path);
        using var answer = await nobody.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("ASSERTION_KEY_FILE", null)]
    [InlineData("ASSERTION_KEY_FILE", "")]
    [InlineData("ASSERTION_KEY_FILE", "changeme-1")]
    [InlineData("ASSERTION_KEY_FILE", "assertion-key-of-the-tests-0123456789\nchangeme-1")]
    [InlineData("GUEST_TOKEN_JWT_SECRET_FILE", null)]
    [InlineData("GUEST_TOKEN_JWT_SECRET_FILE", "test-guest-secret-change-me")]
    [InlineData("EDGE_TOKEN_KEY_FILE", null)]
    [InlineData("EDGE_TOKEN_KEY_FILE", "changeme-1")]
    [InlineData("DATA_PROTECTION_KEY_FILE", null)]
    [InlineData("DATA_PROTECTION_KEY_FILE", "short")]
    [InlineData("SERVICE_ACCOUNT_PASSWORD_FILE", null)]
    [InlineData("SERVICE_ACCOUNT_PASSWORD_FILE", "")]
    [InlineData("KEYCLOAK_CLIENT_SECRET_FILE", null)]
    public async Task Check13SecretThatIsMissingEmptyShortOrWellKnownStopsTheStart(string setting, string? contents)
    {
        var folder = Directory.CreateTempSubdirectory("embedstack-secrets-");
        try
        {
            var file = Path.Combine(folder.FullName, setting);
            await File.WriteAllTextAsync(file, contents, Cancellation);
            var refused = Assert.ThrowsAny<Exception>(() => api.StartInstance(
                (setting, contents is null ? $"{file}-that-is-not-there" : file), ("GuestTokens:Issuer", setting.StartsWith("GUEST", StringComparison.Ordinal) ? "signed" : "handshake")));
            Assert.Contains(setting, refused.GetBaseException().Message, StringComparison.Ordinal);
            Assert.True(string.IsNullOrEmpty(contents) || !refused.ToString().Contains(contents, StringComparison.Ordinal), "The message tells the secret.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("/bff/user")]
    [InlineData("/bff/login?returnUrl=//evil.example")]
    [InlineData("/nowhere")]
    public async Task Check14HeadersAreExactAndSecureOriginsSayHsts(string path)
    {
        using var browser = new Browser(secure.Api.Port, SecureApi.Origin);
        using var answer = await browser.GetAsync(path);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("strict-origin-when-cross-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        using var plain = api.NewBrowser();
        using var over = await plain.GetAsync(path);
        Assert.False(over.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("embed", "/embedded/" + TestCatalogue.ClinicEmbedded)]
    [InlineData("embed", "/api/v1/me/roles/")]
    [InlineData("embed", "/nowhere")]
    [InlineData("authors", "/login/")]
    [InlineData("authors", "/embedded/nowhere")]
    public async Task Check14SecureEmbedAndAuthorsOriginsSayHsts(string origin, string path)
    {
        var isEmbed = origin == "embed";
        using var browser = new Browser(isEmbed ? secure.Api.EmbedPort : secure.Api.AuthorsPort, isEmbed ? SecureApi.SecureEmbed : SecureApi.SecureAuthors);
        using var answer = await browser.GetAsync(path);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(!isEmbed, answer.Headers.Contains("X-Frame-Options"));
        using var plain = isEmbed ? api.NewEmbedBrowser() : api.NewAuthorsBrowser();
        using var over = await plain.GetAsync(path);
        Assert.Equal(answer.StatusCode, over.StatusCode);
        Assert.False(over.Headers.Contains("Strict-Transport-Security"));
    }

    // Other programs of the machine have that host as well, Keycloak among them, and a browser would keep to HTTPS on all its ports.
    [Fact]
    public async Task Check14LocalhostIsNeverHeldToHttps()
    {
        const string Origin = "https://localhost:5173";
        var instance = api.StartInstance(("Origins:App", Origin));
        using var browser = new Browser(instance.Port, Origin);
        using var answer = await browser.GetAsync("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Check17EveryMintAndRefusalHasARowThatTellsNoSecret()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var minted = await browser.MintAsync("clinic");
        var token = (await minted.JsonAsync()).GetProperty("token").GetString()!;
        using var unknown = await browser.MintAsync("network");
        using var uncovered = await browser.MintAsync("uncovered");

        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        var page = await leader.GetJsonAsync($"/api/audit?kind=mint&person={person.Subject}");
        var rows = page.GetProperty("events").EnumerateArray().Reverse().ToArray();
        Assert.Equal(
            [("allowed", null, "clinic"), ("refused", "unknown-dashboard", "network"), ("refused", "uncovered-dataset", "uncovered")],
            rows.Select(row => (row.GetProperty("outcome").GetString(), row.GetProperty("reason").GetString(), row.GetProperty("dashboards")[0].GetString())));
        Assert.All(rows, row =>
        {
            Assert.Equal(("northside", "admin", "127.0.0.1"), (row.GetProperty("tenant").GetString(), row.GetProperty("role").GetString(), row.GetProperty("address").GetString()));
            Assert.NotEqual(Guid.Empty, row.GetProperty("person").GetGuid());
            Assert.Equal(32, row.GetProperty("correlation_id").GetString()!.Length);
        });
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), rows[0].GetProperty("token_sha256").GetString());
        Assert.Equal((1, "appointments"), (rows[0].GetProperty("rule_count").GetInt32(), rows[0].GetProperty("rule_datasets")[0].GetString()));
        Assert.All((string[])[token, token.Split('.')[1], "tenant_id", person.Subject, person.Name], secret => Assert.DoesNotContain(secret, page.GetRawText(), StringComparison.Ordinal));
    }

    /// <summary>As it stands behind a proxy that ends TLS.</summary>
    public sealed class SecureApi(TestDatabases postgres) : ApiFixture(postgres)
    {
        public const string Origin = "https://app.example";
        public const string SecureEmbed = "https://embed.example.net";
        public const string SecureAuthors = "https://authors.example.org";

        protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
            [new("Origins:App", Origin), new("Origins:Embed", SecureEmbed), new("Origins:Authors", SecureAuthors)];
    }
}
