namespace EmbedStack.Api.Audit;

/// <summary>Acts that do not happen without a row. Where one fails after its row, another row says so.</summary>
internal static class AuditedAct
{
    /// <exception cref="Http.ProblemException">The row was not written, and nothing was done; or what the act stopped with.</exception>
    public static async Task DoAsync(this AuditLog audit, AuditEvent permitted, Func<Task> act, HttpContext context)
    {
        await audit.WriteAsync(permitted, context.RequestAborted);
        try
        {
            await act();
        }
        catch (Exception stopped)
        {
            // Not the caller's token: whoever hangs up early leaves a row as well.
            await audit.WriteAsync(permitted.AsRefused(AuditReason.Of(stopped), context), CancellationToken.None);
            throw;
        }
    }
}
