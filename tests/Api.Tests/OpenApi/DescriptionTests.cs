using System.Net;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Routing;

namespace EmbedStack.Api.Tests.OpenApi;

public sealed class DescriptionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Rounds = 60;
    private const string Mint = "/api/superset/guest-token";
    private const string Views = "/api/views";
    // /bff/signin is no endpoint: the sign-in's handler takes Keycloak's answer there before routing, and nothing else.
    private static readonly string[] NotDescribed = ["/health", "/alive", "/openapi/{documentName}.json", "/api/operator/warm-up/"];

    [Fact]
    public async Task DocumentDescribesEveryRouteAndNoOther()
    {
        var routes = api.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !NotDescribed.Contains(endpoint.RoutePattern.RawText))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods, (endpoint, method) => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}");

        var document = await ReadAsync();

        Assert.Equal(routes.Order(StringComparer.Ordinal), document.Operations.Select(operation => $"{operation.Method} /{operation.Path.Trim('/')}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryOperationHasExactlyTheAnswersOfTheTable()
    {
        var told = (await ReadAsync()).Operations.ToDictionary(operation => $"{operation}", operation => string.Join(' ', operation.Statuses.Order()));
        var wanted = Statuses.ToDictionary(entry => entry.Operation, entry => entry.Statuses);
        Assert.Equal(
            wanted.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {entry.Value}"),
            told.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {entry.Value}"));
    }

    [Fact]
    public async Task EveryAnswerSaysWhatItIs()
    {
        var answers = (await ReadAsync()).Answers;
        Assert.All(answers, answer => Assert.NotEmpty(answer.Description));
        Assert.All(answers.Where(answer => answer.Status >= 400), answer => Assert.Equal(["application/problem+json"], answer.Types));
        Assert.All(
            answers.Where(answer => answer.Status == 200 && !answer.Operation.EndsWith("backchannel-logout", StringComparison.Ordinal)),
            answer => Assert.True(answer.Types.Count > 0, $"{answer.Operation} says nothing of its contents"));
    }

    /// <summary>A client that knows the document alone, and hears what answers say, gets documented answers and no failure.</summary>
    [Theory]
    [InlineData(null, false, 1)]
    [InlineData("admin", false, 2)]
    [InlineData("staff", false, 3)]
    [InlineData("network", false, 4)]
    [InlineData("staff", true, 5)]
    [InlineData("network", true, 6)]
    public async Task FuzzingClientFindsDocumentedAnswersAndNoFailure(string? role, bool bearer, int seed)
    {
        var document = await ReadAsync();
        var fuzz = new Fuzz(document, seed);
        foreach (var operation in document.Operations)
        {
            await RestoreAsync();
            var (browser, token) = await CallerAsync(role, bearer);
            using var caller = browser;
            for (var round = 0; round < Rounds; round++)
            {
                var (target, headers, content) = fuzz.Request(operation);
                using var request = browser.Request(operation.Method, target);
                request.Content = content;
                Authorize(request, token);
                request.Headers.ConnectionClose = true; // a refused body is not read to its end: its connection is of no further use
                foreach (var (name, value) in headers)
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }

                using var answer = await browser.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var told = $"{operation} as {role ?? "nobody"}{(bearer ? " with a token" : "")}, seed {seed}, round {round}: {target} with {content?.Headers.ContentType?.ToString() ?? "no body"} answered {(int)answer.StatusCode} {text}";
                Assert.True(operation.Statuses.Contains((int)answer.StatusCode) && answer.StatusCode != HttpStatusCode.InternalServerError, told);
                Judge(answer, text, told, fuzz);
            }
        }

        await RestoreAsync();
    }

    /// <summary>What the document describes can be had: by each way in, with valid requests.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ValidRequestsAreAnsweredWithWhatIsDocumented(bool bearer)
    {
        var document = await ReadAsync();
        await RestoreAsync();
        var colleague = new TestPerson { Roles = ["staff"] };
        using var seen = await api.SignInAsync(colleague);
        using var who = await seen.GetAsync("/bff/user");
        var (leader, administrator) = (await CallerAsync("network", bearer), await CallerAsync("admin", bearer));
        using var one = leader.Browser;
        using var other = administrator.Browser;
        var view = "";
        foreach (var (method, path, target, body) in ValidRequests(colleague.Subject).Where(wanted => !bearer || wanted.Path.StartsWith("/api", StringComparison.Ordinal)))
        {
            var operation = document.Operations.Single(described => (described.Method, described.Path.TrimEnd('/')) == (method, path));
            var (browser, token) = path == Mint || path.StartsWith(Views, StringComparison.Ordinal) ? administrator : leader;
            using var request = browser.Request(method, (target ?? path).Replace("{view}", view, StringComparison.Ordinal));
            request.Headers.Add("X-CSRF", "1");
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            Authorize(request, token);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await browser.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is >= 200 and < 400 && operation.Statuses.Contains((int)answer.StatusCode), $"{operation} answered {(int)answer.StatusCode} {text}");
            view = (method, path) == ("POST", Views) ? JsonSerializer.Deserialize<JsonElement>(text).GetProperty("id").GetString()! : view;
        }

        // What takes nothing can be asked by whoever may ask everything.
        foreach (var operation in document.Operations.Where(described => described is { Method: "GET", Parameters.Count: 0, Body: null } && described.Path.StartsWith("/api/", StringComparison.Ordinal)))
        {
            using var request = leader.Browser.Request("GET", operation.Path);
            Authorize(request, leader.Token);
            using var answer = await leader.Browser.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{operation} answered {(int)answer.StatusCode}");
        }

        await RestoreAsync();
    }

    // In an order in which each finds what it needs.
    private static IEnumerable<(string Method, string Path, string? Target, string? Body)> ValidRequests(string subject) =>
    [
        ("PUT", "/api/admin/entitlements", null, """{"entitlements":[{"dashboard":"clinic","role":"admin"},{"dashboard":"appointments","role":"staff","tenant":"*","conditions":{"region":["nsw"]}}]}"""),
        ("GET", "/bff/user", null, null), ("GET", "/bff/brand.css", null, null), ("GET", "/bff/login", "/bff/login?returnUrl=%2F", null),
        ("GET", "/api/dashboards", null, null),
        ("POST", Views, null, """{"dashboard":"clinic","name":"This year"}"""), ("GET", Views, null, null),
        ("DELETE", "/api/views/{id}", "/api/views/{view}", null),
        ("POST", Mint, null, """{"dashboard_key":"clinic"}"""), ("POST", Mint, null, """{"dashboard_keys":["clinic"]}"""),
        ("GET", "/api/audit", "/api/audit?kind=mint&outcome=allowed&tenant=northside&limit=5&from=2026-01-01", null), ("GET", "/api/audit.csv", null, null),
        ("GET", "/api/audit/verification", null, null),
        ("GET", "/api/admin/entitlements", null, null),
        ("GET", "/api/admin/entitlements/history", "/api/admin/entitlements/history?limit=1", null),
        ("GET", "/api/admin/entitlements/history/{version}", "/api/admin/entitlements/history/1", null),
        ("GET", "/api/admin/dashboards", null, null),
        ("PUT", "/api/admin/dashboards/{key}", "/api/admin/dashboards/clinic", """{"enabled":false}"""),
        ("GET", "/api/admin/revocations", null, null),
        ("POST", "/api/admin/revocations", null, """{"kind":"tenant","value":"harbour"}"""), ("POST", "/api/admin/revocations", null, """{"kind":"dashboard","value":"clinic","until_lifted":false}"""),
        ("POST", "/api/admin/revocations", null, $$"""{"kind":"person","value":"{{subject}}"}"""),
        ("DELETE", "/api/admin/revocations/{kind}/{value}", "/api/admin/revocations/tenant/harbour", null),
        ("GET", "/api/admin/tenants", null, null),
        ("POST", "/api/admin/tenants/{key}/disable", "/api/admin/tenants/manly/disable", null), ("POST", "/api/admin/tenants/{key}/enable", "/api/admin/tenants/manly/enable", null),
        ("DELETE", "/api/audit/persons/{subject}", $"/api/audit/persons/{subject}", null),
    ];

    // Whoever needs a session: 401, 403, 429. Whoever changes something: 403 of other sites. Whoever sends a body: 413, 415.
    private static readonly (string Operation, string Statuses)[] Statuses =
    [
        ("GET /api/admin/dashboards", "200 400 401 403 404 429 500 503"),
        ("GET /api/admin/dashboards/history", "200 400 401 403 404 429 500 503"),
        ("PUT /api/admin/dashboards/{key}", "200 400 401 403 404 412 413 415 428 429 500 503"),
        ("POST /api/admin/embed-cache/drops", "204 400 401 403 404 413 415 429 500 503"),
        ("GET /api/admin/embed-cache/warm-up", "200 400 401 403 404 429 500 503"),
        ("POST /api/admin/embed-cache/warm-up", "202 400 401 403 404 429 500 503"),
        ("GET /api/admin/entitlements", "200 400 401 403 404 429 500 503"),
        ("PUT /api/admin/entitlements", "200 400 401 403 404 412 413 415 428 429 500 503"),
        ("GET /api/admin/entitlements/history", "200 400 401 403 404 429 500 503"),
        ("GET /api/admin/entitlements/history/{version}", "200 400 401 403 404 429 500 503"),
        ("GET /api/admin/health", "200 400 401 403 404 429 500 503"),
        ("GET /api/admin/revocations", "200 400 401 403 404 429 500 503"),
        ("POST /api/admin/revocations", "204 400 401 403 404 409 413 415 429 500 503"),
        ("DELETE /api/admin/revocations/{kind}/{value}", "204 400 401 403 404 429 500 503"),
        ("GET /api/admin/tenants", "200 400 401 403 404 429 500 503"),
        ("POST /api/admin/tenants/{key}/disable", "204 400 401 403 404 409 429 500 503"),
        ("POST /api/admin/tenants/{key}/enable", "204 400 401 403 404 429 500 503"),
        ("GET /api/audit", "200 400 401 403 404 429 500 503"),
        ("GET /api/audit.csv", "200 400 401 403 404 429 500 503"),
        ("GET /api/audit/verification", "200 400 401 403 404 429 500 503"),
        ("DELETE /api/audit/persons/{subject}", "204 400 401 403 404 409 429 500 503"),
        ("GET /api/dashboards", "200 400 401 403 429 500 503"),
        ("POST /api/dashboards/{key}/renderings", "200 400 401 403 404 409 413 415 422 429 500 502 503 504"),
        ("POST /api/superset/guest-token", "200 400 401 403 404 409 413 415 429 500 502 503"),
        ("GET /api/views", "200 400 401 403 429 500 503"),
        ("POST /api/views", "200 400 401 403 404 409 413 415 429 500 503"),
        ("DELETE /api/views/{id}", "204 400 401 403 404 429 500 503"),
        ("POST /bff/backchannel-logout", "200 400 413 429 500 503"),
        ("GET /bff/brand.css", "200 400 500 503"),
        ("GET /bff/login", "302 400 500 503"),
        ("POST /bff/logout", "200 400 403 500 503"),
        ("GET /bff/user", "200 400 401 403 429 500 503"),
    ];

    private static void Authorize(HttpRequestMessage request, string? token)
    {
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }
    }

    private static void Judge(HttpResponseMessage answer, string text, string told, Fuzz fuzz)
    {
        if ((int)answer.StatusCode >= 400)
        {
            // What the server itself refuses, before any of our code sees it, has no body.
            Assert.True(text.Length == 0 || answer.Content.Headers.ContentType?.MediaType == "application/problem+json", told);
            Assert.DoesNotMatch("Exception|Npgsql|EmbedStack\\.Api|select |Host=", text);
        }
        else if (answer.Content.Headers.ContentType?.MediaType == "application/json")
        {
            fuzz.Hear(JsonSerializer.Deserialize<JsonElement>(text));
        }
    }

    private Task RestoreAsync() => api.Database.ExecuteAsync(
        """
        update shared.tenants set enabled = true where not enabled; update shared.dashboards set enabled = true where not enabled;
        delete from shared.revocations; delete from api.revoked_persons
        """);

    // A session's cookie, or an access token as a machine shows one.
    private async Task<(Browser Browser, string? Token)> CallerAsync(string? role, bool bearer)
    {
        var person = new TestPerson { Roles = [role ?? ""], Organizations = [role == "network" ? "lakeland" : "northside"], Client = bearer ? "machine" : KeycloakPeer.ClientId };
        return role is null ? (api.NewBrowser(), null)
            : bearer ? (api.NewBrowser(), $"Bearer {api.Keycloak.IssueBearer(person)}")
            : (await api.SignInAsync(person), null);
    }

    private async Task<Described> ReadAsync()
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Described(await answer.JsonAsync());
    }
}
