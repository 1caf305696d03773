using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

internal sealed partial class DcpExecutor
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DeleteLimit = TimeSpan.FromSeconds(30);

    internal async Task StopResourceAsync(Workload workload, CancellationToken cancellationToken)
    {
        await workload.Initialized.WaitAsync(cancellationToken).ConfigureAwait(false);
        await workload.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(StopLimit);
            await (workload.IsContainer
                ? StopAsync<DcpContainer>(workload.Name, c => c.Status?.State is "Exited" or "FailedToStart", limit.Token)
                : StopAsync<DcpExecutable>(workload.Name, e => e.Status?.State is "Finished" or "Terminated" or "FailedToStart", limit.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Failed to stop resource '{workload.Name}'.");
        }
        finally
        {
            workload.Gate.Release();
        }
    }

    /// <summary>Starts again under the same name, with arguments and environment evaluated anew.</summary>
    internal async Task StartResourceAsync(Workload workload, CancellationToken cancellationToken)
    {
        await workload.Initialized.WaitAsync(cancellationToken).ConfigureAwait(false);
        await workload.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await DeleteAsync(workload, cancellationToken).ConfigureAwait(false);
            lock (_connectionStringsTold)
            {
                _connectionStringsTold.Remove(workload.Resource.Name);
            }

            await TellConnectionStringAsync(workload.Resource, cancellationToken).ConfigureAwait(false);
            await lifecycle.StartingAsync(workload.Resource, workload.Name, cancellationToken).ConfigureAwait(false);
            await CreateAsync(workload, loggers.GetLogger(workload.Name), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(ex, "Failed to start resource {Resource}", workload.Resource.Name);
            await lifecycle.FailedToStartAsync(workload.Resource, workload.Name, isConfiguration: false).ConfigureAwait(false);
            throw;
        }
        finally
        {
            workload.Gate.Release();
        }
    }

    private async Task StopAsync<T>(string name, Func<T, bool> hasStopped, CancellationToken cancellationToken)
        where T : DcpObject, IDcpKind
    {
        await client.PatchSpecAsync<T>(name, new { stop = true }, cancellationToken).ConfigureAwait(false);
        while (await client.GetAsync<T>(name, cancellationToken).ConfigureAwait(false) is { } value && !hasStopped(value))
        {
            await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(Workload workload, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(DeleteLimit);
        Task<bool> Delete() => workload.IsContainer
            ? client.DeleteAsync<DcpContainer>(workload.Name, limit.Token)
            : client.DeleteAsync<DcpExecutable>(workload.Name, limit.Token);
        try
        {
            // The answer comes before the process is gone: only "not found" says so.
            while (await Delete().ConfigureAwait(false))
            {
                await Task.Delay(PollInterval, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"Failed to delete '{workload.Name}' successfully before restart.");
        }
    }
}
