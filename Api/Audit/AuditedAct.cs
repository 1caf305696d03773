namespace EmbedStack.Api.Audit;

/// <summary>Acts that do not happen without a row. Where one fails, a row says that it was refused.</summary>
internal static class AuditedAct
{
    /// <summary>Writes the row, then acts.</summary>
    /// <exception cref="Http.ProblemException">The row was not written, and nothing was done; or what the act stopped with.</exception>
    public static async Task DoAsync(this AuditLog audit, AuditEvent permitted, Func<Task> act, HttpContext context)
    {
        // Not the caller's token: a row that is on its way cannot be called back, so the act follows it.
        await audit.WriteAsync(permitted, CancellationToken.None);
        await audit.WithinAsync(permitted, async () =>
        {
            await act();
            return true;
        }, context);
    }

    /// <summary>Has an act do its part that writes its row itself, before what it does counts.</summary>
    /// <exception cref="Http.ProblemException">What the act stopped with.</exception>
    public static async Task<T> WithinAsync<T>(this AuditLog audit, AuditEvent permitted, Func<Task<T>> act, HttpContext context)
    {
        try
        {
            return await act();
        }
        catch (Exception stopped)
        {
            // Not the caller's token: whoever hangs up early leaves a row as well.
            await audit.WriteAsync(permitted.AsRefused(AuditReason.Of(stopped), context), CancellationToken.None);
            throw;
        }
    }
}
