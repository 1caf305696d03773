using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>Waits until a resource is in a state.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="targetState">The state; by default that it runs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ends when it is.</returns>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, [string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState], cancellationToken);

    /// <summary>Waits until a resource is in one of some states.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="targetStates">The states.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state it is in.</returns>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToArray();
        var reached = await WaitAsync(
            resourceName,
            e => e.Snapshot.State?.Text is { Length: > 0 } state && wanted.Contains(state, StringComparer.OrdinalIgnoreCase),
            $"Resource '{resourceName}' failed to reach one of the target states: [{string.Join(", ", wanted)}] before the operation was cancelled.",
            cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until a resource is as wanted.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="predicate">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state it is in.</returns>
    public Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
        => WaitAsync(resourceName, predicate, $"Resource '{resourceName}' failed to meet the predicate condition before the operation was cancelled.", cancellationToken);

    /// <summary>Waits until a resource runs, is healthy and its ready handlers have ended.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state it is in.</returns>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource runs, is healthy and its ready handlers have ended.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="waitBehavior">What to do when the resource fails.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state it is in.</returns>
    /// <exception cref="DistributedApplicationException">The resource failed or does not exist.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        if (waitBehavior == WaitBehavior.StopOnResourceUnavailable && !TryGetCurrentState(resourceName, out _)
            && _services.GetService<DistributedApplicationModel>() is { } model && !model.Resources.TryGetByName(resourceName, out _))
        {
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it does not exist in the application model.");
        }

        var stopped = waitBehavior == WaitBehavior.StopOnResourceUnavailable;
        var unhealthy = $"Resource '{resourceName}' failed to become healthy before the operation was cancelled.";
        var reached = await WaitAsync(resourceName, e => e.Snapshot.HealthStatus == HealthStatus.Healthy || (stopped && IsUnavailable(e.Snapshot)), unhealthy, cancellationToken).ConfigureAwait(false);
        if (reached.Snapshot.HealthStatus != HealthStatus.Healthy)
        {
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");
        }

        return await WaitForReadyHandlersAsync(resourceName, reached.ResourceId, resourceName, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsUnavailable(CustomResourceSnapshot snapshot)
        => KnownResourceStates.IsTerminal(snapshot.State?.Text) || snapshot.State?.Text == KnownResourceStates.RuntimeUnhealthy;

    private async Task<ResourceEvent> WaitForReadyHandlersAsync(string resourceName, string resourceId, string displayName, CancellationToken cancellationToken)
    {
        var ready = await WaitAsync(
            resourceName,
            e => e.ResourceId == resourceId && e.Snapshot.ReadyHandlers is not null,
            $"Resource '{displayName}' failed to execute the resource ready event before the operation was cancelled.",
            cancellationToken).ConfigureAwait(false);
        await ready.Snapshot.ReadyHandlers!.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        return ready;
    }

    private async Task<ResourceEvent> WaitAsync(string resourceName, Func<ResourceEvent, bool> predicate, string failure, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            await foreach (var state in WatchAsync(ends.Token).ConfigureAwait(false))
            {
                if (string.Equals(state.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(state))
                {
                    return state;
                }
            }
        }
        catch (OperationCanceledException ex)
        {
            throw new OperationCanceledException(WaitFailure.Describe(this, failure, resourceName), ex, cancellationToken);
        }

        throw new OperationCanceledException(WaitFailure.Describe(this, failure, resourceName));
    }
}
