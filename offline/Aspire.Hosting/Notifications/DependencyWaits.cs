using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>Waits until all that the resource waits for is as wanted.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ends when it is.</returns>
    /// <exception cref="DistributedApplicationException">One of them failed.</exception>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(w => w.Resource is not IResourceWithoutLifetime).ToArray();
        if (waits.Length == 0)
        {
            return;
        }

        var pending = new PendingDependencies(this, resource, waits.SelectMany(w => w.Resource.GetInstanceNames()));
        await pending.PublishAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(waits.Select(w => WaitForAsync(resource, w, pending, cancellationToken))).ConfigureAwait(false);
        }
        catch (OperationCanceledException ex)
        {
            var failure = $"Resource '{resource.Name}' failed to wait for dependencies before the operation was cancelled.";
            throw new OperationCanceledException(WaitFailure.Describe(this, failure, resource.Name), ex, ex.CancellationToken);
        }
    }

    private Task WaitForAsync(IResource resource, WaitAnnotation wait, PendingDependencies pending, CancellationToken cancellationToken)
    {
        var log = _loggers.GetLogger(resource);
        var names = wait.Resource.GetInstanceNames();
        var behavior = wait.WaitBehavior ?? DefaultWaitBehavior;
        if (wait.WaitType == WaitType.WaitForCompletion)
        {
            log.LogInformation("Waiting for resource '{Dependency}' to complete.", wait.Resource.Name);
        }
        else
        {
            log.LogInformation("Waiting for resource '{Dependency}' to enter the '{State}' state.", wait.Resource.Name, KnownResourceStates.Running);
        }

        async Task InstanceAsync(string id)
        {
            var display = names.Length > 1 ? id : wait.Resource.Name;
            switch (wait.WaitType)
            {
                case WaitType.WaitForCompletion:
                    await CompletedAsync(resource, wait, id, display, log, cancellationToken).ConfigureAwait(false);
                    break;
                case WaitType.WaitUntilStarted:
                    await RunningAsync(resource, wait.Resource, behavior, id, display, log, cancellationToken).ConfigureAwait(false);
                    break;
                case WaitType.WaitUntilHealthy:
                    await RunningAsync(resource, wait.Resource, behavior, id, display, log, cancellationToken).ConfigureAwait(false);
                    await HealthyAsync(wait.Resource, id, display, log, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    throw new DistributedApplicationException($"Unexpected wait type: {wait.WaitType}");
            }

            log.LogInformation("Finished waiting for resource '{Dependency}'.", display);
            await pending.DoneAsync(id).ConfigureAwait(false);
        }

        return Task.WhenAll(names.Select(InstanceAsync));
    }

    private async Task RunningAsync(IResource resource, IResource dependency, WaitBehavior behavior, string id, string display, ILogger log, CancellationToken cancellationToken)
    {
        var stops = behavior == WaitBehavior.StopOnResourceUnavailable;
        var reached = await WaitAsync(
            dependency.Name,
            e => e.ResourceId == id && (e.Snapshot.State?.Text == KnownResourceStates.Running || (stops && IsUnavailable(e.Snapshot))),
            $"Resource '{display}' failed to reach the 'Running' state before the operation was cancelled.",
            cancellationToken).ConfigureAwait(false);
        var state = reached.Snapshot.State!.Text;
        if (state == KnownResourceStates.Running)
        {
            return;
        }

        var reason = state == KnownResourceStates.FailedToStart ? "it failed to start" : $"it entered the '{state}' state prematurely";
        log.LogError("Stopped waiting for resource '{Dependency}': {Reason}.", display, reason);
        throw new DistributedApplicationException($"Resource '{resource.Name}' stopped waiting for dependency resource '{display}' because {reason}.");
    }

    private async Task HealthyAsync(IResource dependency, string id, string display, ILogger log, CancellationToken cancellationToken)
    {
        if (dependency.HasAnnotationOfType<HealthCheckAnnotation>())
        {
            log.LogInformation("Waiting for resource '{Dependency}' to become healthy.", display);
            await WaitAsync(
                dependency.Name,
                e => e.ResourceId == id && e.Snapshot.HealthStatus == HealthStatus.Healthy,
                $"Resource '{display}' failed to become healthy before the operation was cancelled.",
                cancellationToken).ConfigureAwait(false);
        }

        await WaitForReadyHandlersAsync(dependency.Name, id, display, cancellationToken).ConfigureAwait(false);
    }

    private async Task CompletedAsync(IResource resource, WaitAnnotation wait, string id, string display, ILogger log, CancellationToken cancellationToken)
    {
        var ended = await WaitAsync(
            wait.Resource.Name,
            e => e.ResourceId == id && (KnownResourceStates.IsTerminal(e.Snapshot.State?.Text) || e.Snapshot.ExitCode is not null),
            $"Resource '{display}' failed to reach a terminal state before the operation was cancelled.",
            cancellationToken).ConfigureAwait(false);
        var state = ended.Snapshot.State?.Text;
        string? reason = null;
        if (state == KnownResourceStates.FailedToStart)
        {
            reason = "it failed to start";
        }
        else if ((state == KnownResourceStates.Finished || state == KnownResourceStates.Exited) && ended.Snapshot.ExitCode is { } code && code != wait.ExitCode)
        {
            reason = $"it entered the '{state}' state with exit code '{code}', expected '{wait.ExitCode}'";
        }

        if (reason is not null)
        {
            log.LogError("Stopped waiting for resource '{Dependency}': {Reason}.", display, reason);
            throw new DistributedApplicationException($"Resource '{resource.Name}' stopped waiting for dependency resource '{display}' because {reason}.");
        }
    }
}
