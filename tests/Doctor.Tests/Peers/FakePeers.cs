using System.Net;
using System.Text;
using System.Text.Json;

namespace EmbedStack.Doctor.Tests.Peers;

/// <summary>Servers that are not there: answers by method, host and path; a test replaces the one that is to be wrong.</summary>
internal sealed class FakePeers : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _routes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _away = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All requests, as <c>METHOD host/path</c>.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Sets the answer to a path of a host; one that ends in <c>*</c> is the answer to all that begin so.</summary>
    public FakePeers On(string route, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _routes[route] = answer;
        return this;
    }

    public FakePeers On(string route, int status, object? body = null) => On(route, _ => Answer(status, body));

    /// <summary>Takes a host's server away.</summary>
    public void TakeAway(string host) => _away.Add(host);

    public static HttpResponseMessage Answer(int status, object? body = null, params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = body as HttpContent ?? new StringContent(body as string ?? JsonSerializer.Serialize(body ?? new { }), Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    /// <summary>The Api's refusal of a name.</summary>
    public static HttpResponseMessage Problem(int status, string slug) => Answer(status, new { type = $"urn:embedstack:problem:{slug}", status });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (host, path) = (request.RequestUri!.Host, request.RequestUri.AbsolutePath);
        Asked.Add($"{request.Method} {host}{path}");
        if (_away.Contains(host))
        {
            throw new HttpRequestException("Connection refused");
        }

        var asked = $"{request.Method} {host}{path}";
        var answer = _routes.GetValueOrDefault(asked)
            ?? _routes.Where(route => route.Key.EndsWith('*') && asked.StartsWith(route.Key[..^1], StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(route => route.Key.Length).Select(route => route.Value).FirstOrDefault();
        return Task.FromResult(answer?.Invoke(request) ?? Answer(404));
    }
}
