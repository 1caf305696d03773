namespace Aspire.Hosting.Dcp;

internal sealed partial class DcpExecutor
{
    /// <summary>Ends all processes and containers, and DCP itself.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }

        await _end.CancelAsync().ConfigureAwait(false);
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_isStarted)
        {
            return;
        }

        try
        {
            if (options.Value.WaitForResourceCleanup)
            {
                await CleanUpAsync(cancellationToken).ConfigureAwait(false);
            }

            await client.SetServerStatusAsync(new { status = "Stopping", shutdownResourceCleanup = "Full" }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or OperationCanceledException)
        {
            // The server may end before it has answered; and it ends with this process in any case.
            logger.LogDebug(ex, "DCP did not answer when it was stopped.");
        }
    }

    private async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        await client.SetServerStatusAsync(new { status = "CleaningResources" }, cancellationToken).ConfigureAwait(false);
        while (await client.GetServerStatusAsync(cancellationToken).ConfigureAwait(false) is not ("CleanupComplete" or "Stopping"))
        {
            await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }
}
