using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>Tells the spool of accesses and refusals, before anybody is answered.</summary>
internal sealed class DataAccessLog(DataAccessSpool spool, TimeProvider time)
{
    // A disk that hangs must not hold everybody who looks at a chart.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="ProblemException">It could not be written down: nothing may be shown.</exception>
    public async Task WriteAsync(DataAccessEntry entry)
    {
        try
        {
            await spool.WriteAsync(entry with { At = time.GetUtcNow() }).WaitAsync(Patience, time);
        }
        catch (TimeoutException exception)
        {
            throw new ProblemException(Problems.AuditUnavailable, exception);
        }
    }

    /// <summary>Does what leads to rows, and writes down what kept them from being shown: a refusal, a failure, or that nobody waited.</summary>
    public async Task<T> TryAsync<T>(DataAccessEntry access, HttpContext context, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception)
        {
            // Whoever hangs up is not for that refused for another reason than it is.
            var isGone = context.RequestAborted.IsCancellationRequested && exception is not ProblemException { Problem.Status: < StatusCodes.Status500InternalServerError };
            await WriteAsync(access with { Reason = isGone ? AuditReason.CallerGone : AuditReason.Of(exception), Rows = null, Source = null });
            AuditedRefusal.SetIn(context);
            throw;
        }
    }
}
