using System.Net;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Routing;

namespace EmbedStack.Api.Tests.OpenApi;

public sealed class DescriptionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Rounds = 60;
    private static readonly string[] NotDescribed = ["/health", "/alive", "/openapi/{documentName}.json"];

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
    public async Task EveryOperationSaysHowItAnswersAndHowItRefuses()
    {
        Assert.All((await ReadAsync()).Operations, operation =>
        {
            Assert.Contains(operation.Statuses, status => status < 400);
            Assert.Superset(new HashSet<int> { 400, 500, 503 }, operation.Statuses.ToHashSet());
        });
    }

    /// <summary>A client that knows the document alone, and hears what answers say, gets documented answers and no failure.</summary>
    [Theory]
    [InlineData(null, 1)]
    [InlineData("admin", 2)]
    [InlineData("staff", 3)]
    [InlineData("network", 4)]
    public async Task FuzzingClientFindsDocumentedAnswersAndNoFailure(string? role, int seed)
    {
        var document = await ReadAsync();
        var fuzz = new Fuzz(document, seed);
        foreach (var operation in document.Operations)
        {
            await RestoreAsync();
            using var browser = role is null ? api.NewBrowser() : await api.SignInAsync(new TestPerson { Roles = [role], Organizations = [role == "network" ? "lakeland" : "northside"] });
            for (var round = 0; round < Rounds; round++)
            {
                var (target, headers, content) = fuzz.Request(operation);
                using var request = browser.Request(operation.Method, target);
                request.Content = content;
                request.Headers.ConnectionClose = true; // a refused body is not read to its end: its connection is of no further use
                foreach (var (name, value) in headers)
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }

                using var answer = await browser.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var told = $"{operation} as {role ?? "nobody"}, seed {seed}, round {round}: {target} with {content?.Headers.ContentType?.ToString() ?? "no body"} answered {(int)answer.StatusCode} {text}";
                Assert.True(operation.Statuses.Contains((int)answer.StatusCode) && answer.StatusCode != HttpStatusCode.InternalServerError, told);
                Judge(answer, text, told, fuzz);
            }
        }

        await RestoreAsync();
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
        "update shared.tenants set enabled = true where not enabled; delete from shared.revocations; delete from api.revoked_persons");

    private async Task<Described> ReadAsync()
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Described(await answer.JsonAsync());
    }
}
