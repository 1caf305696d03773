using EmbedStack.Api.Persistence;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace EmbedStack.Api.Http;

/// <summary>Turns exceptions and empty error answers into problems.</summary>
internal static partial class ErrorAnswers
{
    public static IApplicationBuilder UseErrorAnswers(this IApplicationBuilder app) => app
        .UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerAsync, SuppressDiagnosticsCallback = _ => true })
        .UseStatusCodePages(pages => Problems.ForStatus(pages.HttpContext.Response.StatusCode).WriteAsync(pages.HttpContext));

    private static async Task AnswerAsync(HttpContext context)
    {
        var exception = context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        var problem = From(exception);
        if (context.RequestAborted.IsCancellationRequested && problem.Status != Problems.Internal.Status)
        {
            // Nobody waits for it: to write it would only fail, and be logged as a failure of the application. It begins all the
            // same, for those who write refusals down as it does.
            context.Features.Set(problem);
            context.Response.StatusCode = problem.Status;
            await context.Response.StartAsync(CancellationToken.None);
            return;
        }

        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorAnswers).FullName!);
        if (problem.Status == 500)
        {
            LogUnexpected(logger, exception, context.Request.Path);
        }
        else
        {
            LogStopped(logger, problem.Slug, exception.GetBaseException().Message);
        }

        try
        {
            await problem.WriteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone meanwhile.
        }
    }

    private static Problem From(Exception exception) => exception switch
    {
        ProblemException stopped => stopped.Problem,
        BadHttpRequestException bad => Problems.ForStatus(bad.StatusCode),
        _ when DatabaseFailure.IsAway(exception) => Problems.DatabaseUnavailable,
        _ => Problems.Internal,
    };

    [LoggerMessage(LogLevel.Error, "Unexpected failure at {Path}")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, PathString path);

    [LoggerMessage(LogLevel.Warning, "Answered {Problem}: {Cause}")]
    private static partial void LogStopped(ILogger logger, string problem, string cause);
}
