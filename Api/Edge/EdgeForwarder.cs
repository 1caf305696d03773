using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>Sends an embedded page's request on to Superset and streams the answer back, each within bounded time.</summary>
internal sealed class EdgeForwarder(SupersetUpstream superset, SupersetReads reads, EdgeMemory memory)
{
    private const int SmallAsset = 1024 * 1024;
    private static readonly TimeSpan LongestFetch = TimeSpan.FromMinutes(2);

    /// <summary>Asks for a verified guest.</summary>
    public async Task ForwardAsync(GuestRead read, HttpContext context, CancellationTokenSource limit)
    {
        limit.CancelAfter(SupersetReads.PatienceFor(read.Route));
        using var reply = await reads.SendAsync(read, context.Request.Headers, limit.Token);
        await StreamAsync(reply.Response, read.Route, context, limit);
    }

    /// <summary>Asks as the browser does with a token that is Superset's to judge.</summary>
    public Task ForwardAsync(EdgeRequest asked, string token, EdgeRoute route, HttpContext context, CancellationTokenSource limit) =>
        ForwardAsync(asked, token, $"direct {route}", network: null, route, context, limit);

    /// <summary>Asks for nobody, in a line of <see cref="SupersetQueue"/>: slow readers of assets must not keep pages from opening.</summary>
    public Task ForwardNobodysAsync(EdgeRequest asked, string line, EdgeRoute route, HttpContext context, CancellationTokenSource limit) =>
        ForwardAsync(asked, token: null, line, Networks.Of(context), route, context, limit);

    private async Task ForwardAsync(
        EdgeRequest asked, string? token, string line, string? network, EdgeRoute route, HttpContext context, CancellationTokenSource limit)
    {
        limit.CancelAfter(SupersetReads.PatienceFor(route));
        using var request = SupersetReads.Message(context.Request.Method, asked.Target, asked.Body, asked.ContentType);
        EdgeHeaders.CopyTo(request.Headers, context.Request.Headers, route);
        if (token is not null)
        {
            request.Headers.Add(EdgeHeaders.GuestToken, token);
        }

        using var reply = await reads.SendAsync(request, line, network, limit.Token);
        if (route == EdgeRoute.Asset && reply.Response.Content.Headers.ContentLength is { } length and <= SmallAsset)
        {
            await SendFetchedAsync(reply, length, context, limit);
        }
        else
        {
            await StreamAsync(reply.Response, route, context, limit);
        }
    }

    // Whoever fetches an asset slowly holds none of the few turns, but a part of the room that its network has.
    private async Task SendFetchedAsync(SupersetReply reply, long length, HttpContext context, CancellationTokenSource limit)
    {
        using var room = memory.EnterFetched(context, length);
        await SupersetReads.ReceiveAsync(reply, limit.Token);
        using var longest = new CancellationTokenSource(LongestFetch);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, longest.Token);
        await StreamAsync(reply.Response, EdgeRoute.Asset, context, either);
    }

    private async Task StreamAsync(HttpResponseMessage response, EdgeRoute route, HttpContext context, CancellationTokenSource limit)
    {
        SupersetRefusals.Check(response.StatusCode);
        if (route == EdgeRoute.Metadata)
        {
            response.Content = await EdgeMetadata.ReduceAsync(response.Content, limit.Token);
        }

        context.Response.StatusCode = (int)response.StatusCode;
        EdgeHeaders.CopyTo(context.Response.Headers, response, route);
        await superset.StreamAsync(response, context, limit);
    }
}
