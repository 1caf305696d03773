using System.Net;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>Sends a request on to Superset and streams the answer back, each within bounded time.</summary>
internal sealed partial class EdgeForwarder(IHttpClientFactory clients, ILogger<EdgeForwarder> logger)
{
    public const string Client = "superset-edge";
    private static readonly TimeSpan Upload = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BodyPause = TimeSpan.FromSeconds(30);

    public async Task ForwardAsync(HttpContext context, EdgeRoute route)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Upload);
        using var request = await ReceiveAsync(context, route, limit.Token);
        limit.CancelAfter(route == EdgeRoute.ChartData ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(20));
        using var response = await SendAsync(request, limit.Token);
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
        await StreamAsync(response, context, limit);
    }

    private static async Task<HttpRequestMessage> ReceiveAsync(HttpContext context, EdgeRoute route, CancellationToken cancellationToken)
    {
        try
        {
            return await EdgeRequest.CreateAsync(context.Request, route, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(Problems.ForStatus(StatusCodes.Status408RequestTimeout), exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            throw new ProblemException(Problems.SupersetUnavailable, exception);
        }
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

    private async Task StreamAsync(HttpResponseMessage response, HttpContext context, CancellationTokenSource limit)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            var buffer = new byte[32 * 1024];
            int read;
            do
            {
                limit.CancelAfter(BodyPause);
                read = await body.ReadAsync(buffer, limit.Token);
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), limit.Token);
            }
            while (read > 0);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // Headers have gone out: only a cut connection says that the answer is not whole.
            LogCut(context.Request.Path, exception.Message);
            context.Abort();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The answer to {Path} was cut short: {Cause}")]
    private partial void LogCut(PathString path, string cause);
}
