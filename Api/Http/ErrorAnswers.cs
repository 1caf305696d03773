using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

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
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorAnswers).FullName!);
        if (problem.Status == 500)
        {
            LogUnexpected(logger, exception, context.Request.Path);
        }
        else
        {
            LogStopped(logger, problem.Slug, exception.GetBaseException().Message);
        }

        await problem.WriteAsync(context);
    }

    private static Problem From(Exception exception) => exception switch
    {
        ProblemException stopped => stopped.Problem,
        BadHttpRequestException bad => Problems.ForStatus(bad.StatusCode),
        // What Postgres itself refuses is a fault of ours; all else means that it is away.
        PostgresException { IsTransient: false } => Problems.Internal,
        NpgsqlException => Problems.DatabaseUnavailable,
        _ => Problems.Internal,
    };

    [LoggerMessage(LogLevel.Error, "Unexpected failure at {Path}")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, PathString path);

    [LoggerMessage(LogLevel.Warning, "Answered {Problem}: {Cause}")]
    private static partial void LogStopped(ILogger logger, string problem, string cause);
}
