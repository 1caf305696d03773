using System.Net;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>Sends an embedded page's request on to Superset and streams the answer back, each within bounded time.</summary>
internal sealed class EdgeForwarder(SupersetUpstream superset)
{
    public async Task ForwardAsync(HttpContext context, EdgeRoute route)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var request = await SupersetUpstream.ReceiveAsync(context, token => EdgeRequest.CreateAsync(context.Request, route, token), limit);
        limit.CancelAfter(route == EdgeRoute.ChartData ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(20));
        using var response = await superset.SendAsync(request, limit.Token);
        if (Refusal(response.StatusCode) is { } problem)
        {
            throw new ProblemException(problem);
        }

        if (route == EdgeRoute.Metadata)
        {
            response.Content = await EdgeMetadata.ReduceAsync(response.Content, limit.Token);
        }

        context.Response.StatusCode = (int)response.StatusCode;
        EdgeHeaders.CopyTo(context.Response.Headers, response, route);
        await superset.StreamAsync(response, context, limit);
    }

    // Redirects lead guests to sign-in pages that are not for them. What Superset says of an error is not either: it
    // quotes the statement, its rules and the database.
    private static Problem? Refusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotModified => null,
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Problems.NotFound,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => Problems.SupersetUnavailable,
        >= HttpStatusCode.InternalServerError => Problems.SupersetRefused,
        HttpStatusCode.Unauthorized => Problems.NoGuestToken,
        >= HttpStatusCode.BadRequest => Problems.ForStatus((int)status),
        _ => null,
    };
}
