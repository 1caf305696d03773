using System.Net;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>The same where the edge exchanges tokens: what it refuses, it refuses whoever shows a good one.</summary>
public sealed class ExchangedRouteTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>, IAsyncLifetime
{
    private string _token = "";

    public static TheoryData<string, string> NotThere => RouteTests.NotThere;

    public async ValueTask InitializeAsync() => _token = await api.TokenAsync(new TestPerson());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(NotThere))]
    [InlineData("POST", "/api/v1/dashboard/2/permalink")] // another dashboard's
    public async Task EverythingElseIsNotThere(string method, string target)
    {
        var before = api.Superset.LastSeen;
        using var answer = await SendAsync(method, target);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Same(before, api.Superset.LastSeen);
    }

    [Theory]
    [InlineData("GET", "/api/v1/me/roles/")]
    [InlineData("GET", "/api/v1/dashboard/1/charts")]
    [InlineData("POST", "/datasource/samples?datasource_type=table&datasource_id=7")]
    public async Task TokenIsGoodForWhatIsThere(string method, string target)
    {
        using var answer = await SendAsync(method, target);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string target)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request(method, target);
        request.Headers.Add("X-GuestToken", _token);
        return await browser.SendAsync(request);
    }
}
