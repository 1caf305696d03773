using System.Net.Http.Json;
using System.Text.Json;

namespace EmbedStack.AppHost.Commands;

/// <summary>The Api's endpoint that warms dashboards.</summary>
/// <param name="api">The Api's address.</param>
/// <param name="key">By which it knows the stack's own commands.</param>
internal sealed class WarmUpClient(Uri api, string key)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // One for all: somebody looks each second while a warm-up goes on.
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <exception cref="HttpRequestException">The Api is away, or does not know the key.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(HttpMethod.Post, cancellationToken);
    }

    /// <exception cref="HttpRequestException">The Api is away.</exception>
    public async Task<WarmUpProgress> ReadAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(HttpMethod.Get, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<WarmUpProgress>(Json, cancellationToken) ?? throw new HttpRequestException("The Api does not say how far the warm-up is.");
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(api, "api/operator/warm-up"))
        {
            Headers = { { "Host", "operator.embedstack.internal" }, { "X-EmbedStack-Operator", key } },
        };
        var answer = await Http.SendAsync(request, cancellationToken);
        try
        {
            return answer.EnsureSuccessStatusCode();
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
