using System.Net.Http.Json;
using System.Text.Json;

namespace EmbedStack.AppHost.Commands;

/// <summary>The Api's endpoint that warms dashboards.</summary>
/// <param name="api">The Api's address.</param>
/// <param name="key">By which it knows the stack's own commands.</param>
internal sealed class WarmUpClient(Uri api, string key) : IDisposable
{
    private const string Path = "api/operator/warm-up";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient _http = new()
    {
        BaseAddress = api,
        Timeout = TimeSpan.FromSeconds(10),
        DefaultRequestHeaders = { { "Host", "operator.embedstack.internal" }, { "X-EmbedStack-Operator", key } },
    };

    /// <exception cref="HttpRequestException">The Api is away, or does not know the key.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsync(Path, content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <exception cref="HttpRequestException">The Api is away.</exception>
    public async Task<WarmUpProgress> ReadAsync(CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<WarmUpProgress>(Path, Json, cancellationToken) ?? throw new HttpRequestException("The Api does not say how far the warm-up is.");

    public void Dispose() => _http.Dispose();
}
