using System.Globalization;
using EmbedStack.Doctor.Checks;

namespace EmbedStack.Doctor.Patients;

/// <summary>A server that is asked.</summary>
/// <param name="name">What it is called in a report.</param>
/// <param name="address">Where it answers.</param>
/// <param name="http">The client, which follows no redirects and keeps no cookies.</param>
/// <param name="always">Headers of every request.</param>
internal sealed class Peer(string name, Uri address, HttpClient http, params (string Name, string Value)[] always)
{
    public string Name => name;

    public Uri Address => address;

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> PostAsync(string path, HttpContent content, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, content, headers);

    /// <exception cref="NotExaminedException">It does not answer, or failed.</exception>
    private async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        foreach (var (header, value) in always.Concat(headers))
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        var asked = string.Create(CultureInfo.InvariantCulture, $"{name}: {method} /{path.Split('?')[0]}");
        try
        {
            using var answer = await http.SendAsync(request);
            var reply = new Reply(
                asked,
                (int)answer.StatusCode,
                await answer.Content.ReadAsStringAsync(),
                answer.Headers.Concat(answer.Content.Headers)
                    .SelectMany(header => header.Value.Select(value => (header.Key, value)))
                    .ToLookup(header => header.Key, header => header.value, StringComparer.OrdinalIgnoreCase));
            // The Api's own 503 tells which part is away, and says so by name.
            return reply.Status < 500 || reply.Problem.Length > 0 ? reply : throw new NotExaminedException($"{asked} answered {reply.Status}");
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            throw new NotExaminedException($"{name} does not answer");
        }
    }
}
