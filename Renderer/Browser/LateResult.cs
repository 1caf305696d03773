namespace EmbedStack.Renderer.Browser;

/// <summary>Waits for what takes no token itself.</summary>
internal static class LateResult
{
    /// <summary>What comes in time; what comes later is done away with.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static async Task<T> WithinAsync<T>(this Task<T> task, TimeSpan patience, Func<T, ValueTask> doAway, CancellationToken cancellationToken = default)
    {
        try
        {
            return await task.WaitAsync(patience, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = DoAwayAsync(task, doAway);
            throw;
        }
    }

    private static async Task DoAwayAsync<T>(Task<T> task, Func<T, ValueTask> doAway)
    {
        await task.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (task.IsCompletedSuccessfully)
        {
            await doAway(await task);
        }
    }
}
