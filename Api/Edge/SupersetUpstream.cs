using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>Superset, for requests that browsers wait for: sends one on, and streams the answer back.</summary>
internal sealed partial class SupersetUpstream(IHttpClientFactory clients, ILogger<SupersetUpstream> logger)
{
    public const string Client = "superset-edge";
    private static readonly TimeSpan BodyPause = TimeSpan.FromSeconds(30);

    /// <summary>Up to the answer's headers.</summary>
    /// <exception cref="ProblemException">Superset is away, or takes too long.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
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

    /// <summary>The answer's body, as it comes; <paramref name="limit"/> ends it where it pauses too long.</summary>
    public async Task StreamAsync(HttpResponseMessage response, HttpContext context, CancellationTokenSource limit)
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

    /// <summary>The request's body, whole before it goes on: a slow sender must not hold one of Superset's few threads.</summary>
    /// <exception cref="ProblemException">It does not come in time.</exception>
    public static async Task<T> ReceiveAsync<T>(HttpContext context, Func<CancellationToken, Task<T>> read, CancellationTokenSource limit)
    {
        try
        {
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            return await read(limit.Token);
        }
        catch (OperationCanceledException exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(Problems.ForStatus(StatusCodes.Status408RequestTimeout), exception);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // Chunks that cannot be read, or a sender who is gone.
            throw new ProblemException(Problems.Malformed, exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The answer to {Path} was cut short: {Cause}")]
    private partial void LogCut(PathString path, string cause);
}
