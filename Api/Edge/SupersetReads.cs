using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>
/// Asks Superset for a guest, by the token that stands behind the browser's. One that Superset no longer takes, after its
/// secret was rotated, is replaced, and the question asked once more: nobody has to load a page again for it.
/// </summary>
internal sealed class SupersetReads(SupersetUpstream superset, SupersetTokens tokens, SupersetQueue queue, EdgeMetrics metrics)
{
    private const int LargestAnswer = 32 * 1024 * 1024;

    /// <summary>How long Superset may take for an answer's head.</summary>
    public static TimeSpan PatienceFor(EdgeRoute route) => TimeSpan.FromSeconds(route == EdgeRoute.ChartData ? 60 : 20);

    /// <summary>The whole answer, for whoever keeps it.</summary>
    /// <exception cref="ProblemException">Superset is away or too slow, refused, or has too much to say.</exception>
    public async Task<SupersetAnswer> AskAsync(GuestRead read, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PatienceFor(read.Route));
        using var reply = await SendAsync(read, browser: null, limit.Token);
        var response = reply.Response;
        SupersetRefusals.Check(response.StatusCode);
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestAnswer, limit.Token);
            var content = read.Route == EdgeRoute.Metadata ? await EdgeMetadata.ReduceAsync(response.Content, limit.Token) : response.Content;
            return new SupersetAnswer(
                (int)response.StatusCode, content.Headers.ContentType?.ToString(), await content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new ProblemException(Problems.SupersetUnavailable, exception);
        }
    }

    /// <summary>The answer up to its headers, its body to be streamed.</summary>
    /// <param name="read">What is asked.</param>
    /// <param name="browser">The browser's headers, of which some go along; null where nobody waits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">Superset is away or too slow.</exception>
    public async Task<SupersetReply> SendAsync(GuestRead read, IHeaderDictionary? browser, CancellationToken cancellationToken)
    {
        var token = await InTimeAsync(() => tokens.GetAsync(read.Guest.Grant, cancellationToken).AsTask());
        return await InTurnAsync(read.Guest.Tenant, async () =>
        {
            var response = await SendAsync(read, browser, token, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized
                && await InTimeAsync(() => tokens.ReplaceAsync(read.Guest.Grant, token, cancellationToken)) is { } another)
            {
                response.Dispose();
                response = await SendAsync(read, browser, another, cancellationToken);
            }

            return response;
        }, cancellationToken);
    }

    /// <summary>The answer up to its headers to what is not a verified guest's: pages and assets, and tokens that Superset judges.</summary>
    /// <remarks>Each kind waits in a line of its own: slow readers of assets must not keep pages from opening.</remarks>
    /// <exception cref="ProblemException">Superset is away or too slow.</exception>
    public Task<SupersetReply> SendAsync(HttpRequestMessage request, EdgeRoute route, CancellationToken cancellationToken) =>
        InTurnAsync(route is EdgeRoute.Page or EdgeRoute.Asset ? $"{SupersetQueue.Nobodys}{route}" : $"direct {route}", () => superset.SendAsync(request, cancellationToken), cancellationToken);

    private async Task<SupersetReply> InTurnAsync(string tenant, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var turn = await InTimeAsync(() => queue.EnterAsync(tenant, cancellationToken));
        metrics.Waited(started);
        try
        {
            return new SupersetReply(await send(), turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    // Who waited for a turn or a token for as long as for an answer has none.
    private static async Task<T> InTimeAsync<T>(Func<Task<T>> wait)
    {
        try
        {
            return await wait();
        }
        catch (OperationCanceledException exception)
        {
            throw new ProblemException(Problems.SupersetUnavailable, exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(GuestRead read, IHeaderDictionary? browser, GuestToken token, CancellationToken cancellationToken)
    {
        using var request = Message(read.Method, read.Target, read.Body, read.ContentType);
        if (browser is not null)
        {
            EdgeHeaders.CopyTo(request.Headers, browser, read.Route);
        }

        request.Headers.Add(EdgeHeaders.GuestToken, token.Text);
        return await superset.SendAsync(request, cancellationToken);
    }

    public static HttpRequestMessage Message(string method, string target, ReadOnlyMemory<byte> body, string? contentType)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (HttpMethods.IsPost(method))
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(contentType, out var type) ? type : null;
        }

        return request;
    }
}
