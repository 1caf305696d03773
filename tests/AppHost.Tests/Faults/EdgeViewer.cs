using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>A browser's embedded page: asks charts at the embed origin, which one process of the Api serves.</summary>
/// <param name="stack">The stack.</param>
/// <param name="person">Whose page it is.</param>
/// <param name="token">The page's token.</param>
/// <param name="process">The process that is asked; the stack's own where none is named.</param>
internal sealed class EdgeViewer(StackFixture stack, Person person, string token, Uri? process = null)
{
    // Longer than the edge itself waits for a chart.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(70);

    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public Person Person => person;

    /// <summary>Asks, and tells what came of it; it never throws.</summary>
    /// <param name="question">The body that is sent.</param>
    /// <param name="right">The rows that are right for this person.</param>
    public async Task<Outcome> AskAsync(string question, string right)
    {
        var (asked, began) = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (status, mediaType, body) = await SendAsync(question, patience.Token);
            var verdict = (status, mediaType) switch
            {
                (HttpStatusCode.OK, "application/json") => AnswerRows.Of(body) == right ? Verdict.Right : Verdict.Wrong,
                (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway, "application/problem+json") => Verdict.Unavailable,
                (HttpStatusCode.Unauthorized, "application/problem+json") => Verdict.Refused,
                _ => Verdict.Broken,
            };
            return Of(verdict, verdict == Verdict.Right ? "" : $"{(int)status} {body[..Math.Min(body.Length, 300)]}");
        }
        catch (OperationCanceledException)
        {
            return Of(Verdict.Hung, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Of(Verdict.Broken, problem.Message);
        }

        Outcome Of(Verdict verdict, string text) => new(asked, Stopwatch.GetElapsedTime(began), person, verdict, text);
    }

    private async Task<(HttpStatusCode Status, string? MediaType, string Body)> SendAsync(string question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(process ?? stack.Embed, "api/v1/chart/data"))
        {
            Content = new StringContent(question, Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = stack.Embed.Authority;
        request.Headers.Add("X-GuestToken", token);
        using var answer = await Client.SendAsync(request, cancellationToken);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(cancellationToken));
    }
}
