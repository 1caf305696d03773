using System.Globalization;
using EmbedStack.Renderer.Pages;

namespace EmbedStack.Renderer.Requests;

/// <summary>The one thing that the renderer does.</summary>
internal static partial class RenderingEndpoint
{
    /// <summary>The answer's header that says how many charts show an error in it.</summary>
    public const string FailedChartsHeader = "X-Failed-Charts";

    public static void MapRenderings(this IEndpointRouteBuilder app) => app.MapPost("/renderings", RenderAsync);

    private static async Task<IResult> RenderAsync(
        RenderingRequest request, HttpContext context, RenderingQueue queue, DashboardRenderer renderer, RenderingMetrics metrics,
        ILogger<DashboardRenderer> logger, CancellationToken cancellationToken)
    {
        if (!request.IsValid)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        using var measure = metrics.Start(request.Format!);
        try
        {
            using var turn = await queue.EnterAsync(request.Tenant!, cancellationToken);
            var rendering = await renderer.RenderAsync(request, cancellationToken);
            measure.Succeed(rendering.Contents.Length);
            context.Response.Headers[FailedChartsHeader] = rendering.FailedCharts.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Bytes(rendering.Contents, Formats.ContentType(request.Format!));
        }
        catch (RenderingException stopped)
        {
            measure.Stop(stopped.Reason);
            LogStopped(logger, request.EmbeddedId, stopped.Reason, stopped.InnerException?.GetType().Name);
            return Answer(stopped.Reason, context.Response);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            measure.Stop(StopReason.CallerGone);
            return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.StatusCodeHttpResult Answer(StopReason reason, HttpResponse response)
    {
        if (reason.RetryAfter is { } pause)
        {
            response.Headers.RetryAfter = pause.ToString(CultureInfo.InvariantCulture);
        }

        return TypedResults.StatusCode(reason.Status);
    }

    // Addresses hold filters' values, and exceptions hold addresses.
    [LoggerMessage(LogLevel.Warning, "{Dashboard} was not rendered: {Reason} ({Exception})")]
    private static partial void LogStopped(ILogger logger, Guid dashboard, StopReason reason, string? exception);
}
