using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Edge;

/// <summary>
/// Asks Superset for a guest, by the token that stands behind the browser's. One that Superset no longer takes, after its
/// secret was rotated, is replaced, and the question asked once more: nobody has to load a page again for it.
/// </summary>
internal sealed class SupersetReads(SupersetUpstream superset, SupersetTokens tokens, SupersetQueue queue, EdgeMemory memory, EdgeMetrics metrics)
{
    private const int LargestAnswer = 16 * 1024 * 1024;

    // Superset says how long its answers are.
    private const int Unsaid = 4 * 1024 * 1024;

    /// <summary>How long Superset may take for an answer's head.</summary>
    public static TimeSpan PatienceFor(EdgeRoute route) => TimeSpan.FromSeconds(route is EdgeRoute.ChartData or EdgeRoute.Page ? 60 : 20);

    /// <summary>The whole answer, for whoever keeps it.</summary>
    /// <exception cref="ProblemException">Superset is away or too slow, refused, or has too much to say.</exception>
    public Task<ReadOnlyMemory<byte>> AskAsync(GuestRead read, CancellationToken cancellationToken) => AskAsync(read, body => body, cancellationToken);

    /// <summary>What is made of the whole answer: also for that it has room in memory.</summary>
    /// <exception cref="ProblemException">Superset is away or too slow, refused, or has too much to say.</exception>
    public async Task<T> AskAsync<T>(GuestRead read, Func<ReadOnlyMemory<byte>, T> make, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PatienceFor(read.Route));
        try
        {
            try
            {
                return await AskOnceAsync(read, make, limit.Token);
            }
            catch (HttpRequestException broken) when (broken.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded)
            {
                // The instance died over its answer. Turn and room in memory have been given back by now.
                return await AskOnceAsync(read with { IsRepeat = true }, make, limit.Token);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new ProblemException(Problems.SupersetUnavailable, exception);
        }
    }

    private async Task<T> AskOnceAsync<T>(GuestRead read, Func<ReadOnlyMemory<byte>, T> make, CancellationToken cancellationToken)
    {
        using var reply = await SendAsync(read, browser: null, cancellationToken);
        var response = reply.Response;
        SupersetRefusals.Check(response.StatusCode);
        using var room = await memory.EnterAnswerAsync(response.Content.Headers.ContentLength ?? Unsaid, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        }
        catch (HttpRequestException broken) when (response.RequestMessage?.IsSafeToRepeat() != true)
        {
            throw new ProblemException(Problems.SupersetUnavailable, broken); // a question that ends whoever answers it ends two at most
        }

        reply.Turn.Dispose(); // the rest is this machine's work
        var content = read.Route == EdgeRoute.Metadata ? await EdgeMetadata.ReduceAsync(response.Content, cancellationToken) : response.Content;
        return make(await content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>The answer up to its headers, its body to be streamed.</summary>
    /// <param name="read">What is asked.</param>
    /// <param name="browser">The browser's headers, of which some go along; null where nobody waits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">Superset is away or too slow.</exception>
    public async Task<SupersetReply> SendAsync(GuestRead read, IHeaderDictionary? browser, CancellationToken cancellationToken)
    {
        var token = await InTimeAsync(() => tokens.GetAsync(read.Guest.Grant, cancellationToken).AsTask());
        var reply = await AskAsync(token);
        if (reply.Response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return reply;
        }

        // Another token may cost Superset a handshake: not in a turn that it needs for that itself.
        reply.Turn.Dispose();
        if (await ReplaceAsync(read, token, reply, cancellationToken) is not { } another)
        {
            return reply;
        }

        reply.Dispose();
        return await AskAsync(another);

        Task<SupersetReply> AskAsync(GuestToken by) => InTurnAsync(read.Guest.Tenant, network: null, () => SendAsync(read, browser, by, cancellationToken), cancellationToken);
    }

    private async Task<GuestToken?> ReplaceAsync(GuestRead read, GuestToken refused, SupersetReply reply, CancellationToken cancellationToken)
    {
        try
        {
            return await InTimeAsync(() => tokens.ReplaceAsync(read.Guest.Grant, refused, cancellationToken));
        }
        catch
        {
            reply.Dispose();
            throw;
        }
    }

    /// <summary>The answer up to its headers to what is not a verified guest's: pages and assets, and tokens that Superset judges.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="line">Where it waits, of <see cref="SupersetQueue"/>.</param>
    /// <param name="network">Whence it comes, where it is nobody's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">Superset is away or too slow.</exception>
    public Task<SupersetReply> SendAsync(HttpRequestMessage request, string line, string? network, CancellationToken cancellationToken) =>
        InTurnAsync(line, network, () => superset.SendAsync(request, cancellationToken), cancellationToken);

    /// <summary>The answer up to its headers, in a turn that the caller has by <see cref="EnterAsync"/>.</summary>
    /// <exception cref="ProblemException">Superset is away or too slow.</exception>
    public async Task<SupersetReply> SendAsync(HttpRequestMessage request, IDisposable turn, CancellationToken cancellationToken) =>
        new(await superset.SendAsync(request, cancellationToken), turn);

    /// <summary>Waits for a turn, in a line of <see cref="SupersetQueue"/>, for whoever may find meanwhile that nothing is to be asked.</summary>
    /// <exception cref="ProblemException">There is none in time.</exception>
    public Task<IDisposable> EnterAsync(string line, string network, CancellationToken cancellationToken) =>
        InTimeAsync(() => WaitAsync(line, network, cancellationToken));

    /// <summary>The whole answer, before its turn is given back.</summary>
    /// <exception cref="ProblemException">Superset broke it off, or is too slow.</exception>
    public static async Task ReceiveAsync(SupersetReply reply, CancellationToken cancellationToken, int largest = LargestAnswer)
    {
        try
        {
            await reply.Response.Content.LoadIntoBufferAsync(largest, cancellationToken);
            reply.Turn.Dispose();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new ProblemException(Problems.SupersetUnavailable, exception);
        }
    }

    private async Task<SupersetReply> InTurnAsync(string line, string? network, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        var turn = await InTimeAsync(() => WaitAsync(line, network, cancellationToken));
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

    private async Task<IDisposable> WaitAsync(string line, string? network, CancellationToken cancellationToken)
    {
        var (started, isTurn) = (Stopwatch.GetTimestamp(), false);
        try
        {
            var turn = await queue.EnterAsync(line, network, cancellationToken);
            isTurn = true;
            return turn;
        }
        finally
        {
            metrics.Waited(started, isTurn);
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
        if (read.IsRepeat)
        {
            request.MarkNotToRepeat();
        }

        return await superset.SendAsync(request, cancellationToken);
    }

    public static HttpRequestMessage Message(string method, string target, ReadOnlyMemory<byte> body, string? contentType)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (HttpMethods.IsPost(method))
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(contentType, out var type) ? type : null;
            request.MarkSafeToRepeat(); // a question that is too long for an address
        }

        return request;
    }
}
