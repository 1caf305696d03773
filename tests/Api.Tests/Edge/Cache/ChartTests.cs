using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>One Api for all tests of charts through the whole edge.</summary>
[CollectionDefinition]
public sealed class ChartsThroughTheEdge : ICollectionFixture<ExchangeFixture>;

/// <summary>Asks for charts as pages do. Superset answers with the number of times that it was asked; nothing is kept yet.</summary>
public abstract class ChartTests(ExchangeFixture api) : IAsyncLifetime
{
    private int _asked;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ExchangeFixture Api => api;

    protected int Asked => _asked;

    public async ValueTask InitializeAsync()
    {
        api.Superset.Answer = AnswerAsync;
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        await Eventually.TrueAsync("the cache knows the catalogue", () =>
            Task.FromResult(api.Service<CacheFactsSource>().Current?.Dashboard(1) == "clinic"));
    }

    public ValueTask DisposeAsync()
    {
        api.Superset.Answer = null;
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected int Ask() => Interlocked.Increment(ref _asked);

    protected async Task<JsonNode> AskAsync(TestPerson person, string body = ChartBodies.Recorded, string dashboard = "clinic") =>
        await AskAsync(await Api.TokenAsync(person, dashboard), body);

    protected async Task<JsonNode> AskAsync(string token, string body = ChartBodies.Recorded)
    {
        using var answer = await SendAsync(token, body);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancellation)}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
    }

    protected async Task<HttpResponseMessage> SendAsync(string token, string body, string? encoding = null)
    {
        using var browser = Api.NewEmbedBrowser();
        using var request = browser.Request("POST", "/api/v1/chart/data?form_data=%7B%22slice_id%22%3A3%7D&dashboard_id=1");
        request.Headers.Add("X-GuestToken", token);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (encoding is not null)
        {
            request.Headers.Add("Accept-Encoding", encoding);
        }

        return await browser.SendAsync(request);
    }

    protected async Task<HttpResponseMessage> ExportAsync(string token)
    {
        using var browser = Api.NewEmbedBrowser();
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/chart/data")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["form_data"] = ChartBodies.Recorded.Replace("\"result_format\":\"json\"", "\"result_format\":\"csv\"", StringComparison.Ordinal), ["guest_token"] = token,
            }),
        });
    }

    protected Task AnswerAsync(HttpContext context) => AnswerAsync(context, Ask(), cachedAt: null);

    protected static Task AnswerAsync(HttpContext context, int row, DateTimeOffset? cachedAt) => context.Response.WriteAsJsonAsync(new
    {
        result = new[]
        {
            new
            {
                is_cached = cachedAt is not null, cached_dttm = cachedAt?.ToString("O"), queried_dttm = DateTimeOffset.UtcNow.ToString("O"), cache_timeout = 600, error = (string?)null,
                status = "success", rowcount = 3, data = new[] { row },
            },
        },
    }, (JsonSerializerOptions?)null, Cancellation);

    protected static int Row(JsonNode answer) => answer["result"]![0]!["data"]![0]!.GetValue<int>();

    protected static bool IsCached(JsonNode answer) => answer["result"]![0]!["is_cached"]!.GetValue<bool>();
}
