using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs the application: its start, its end, and the commands of its resources.</summary>
internal sealed class ApplicationOrchestrator
{
    private readonly DcpExecutor _executor;
    private readonly ResourceNotificationService _notifications;
    private readonly IDistributedApplicationEventing _eventing;
    private readonly DistributedApplicationModel _model;
    private readonly IServiceProvider _services;

    public ApplicationOrchestrator(DcpExecutor executor, ResourceNotificationService notifications, IDistributedApplicationEventing eventing, DistributedApplicationModel model, ResourceUrls urls, IServiceProvider services)
    {
        (_executor, _notifications, _eventing, _model, _services) = (executor, notifications, eventing, model, services);
        eventing.Subscribe<ResourceEndpointsAllocatedEvent>((@event, cancellationToken) => urls.PublishAsync(@event.Resource, cancellationToken));
        eventing.Subscribe<ConnectionStringAvailableEvent>(PublishConnectionStringAsync);
        eventing.Subscribe<BeforeResourceStartedEvent>(WaitForDependenciesAsync);
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await _executor.RunAsync(cancellationToken).ConfigureAwait(false);
        await _eventing.PublishAsync(new AfterResourcesCreatedEvent(_services, _model), cancellationToken).ConfigureAwait(false);
    }

    internal Task StopAsync(CancellationToken cancellationToken) => _executor.StopAsync(cancellationToken);

    internal async Task StartResourceAsync(string instance, CancellationToken cancellationToken)
    {
        var workload = _executor.Find(instance);
        var isWaiting = false;
        await _notifications.PublishUpdateAsync(workload.Resource, workload.Name, s =>
        {
            isWaiting = s.State?.Text == KnownResourceStates.Waiting;
            return isWaiting ? s with { State = KnownResourceStates.Starting } : s;
        }).ConfigureAwait(false);

        // Leaving the waiting state by hand ends the wait: the start that waits goes on.
        if (!isWaiting)
        {
            await _executor.StartResourceAsync(workload, cancellationToken).ConfigureAwait(false);
        }
    }

    internal Task StopResourceAsync(string instance, CancellationToken cancellationToken)
        => _executor.StopResourceAsync(_executor.Find(instance), cancellationToken);

    internal async Task RestartResourceAsync(string instance, CancellationToken cancellationToken)
    {
        await StopResourceAsync(instance, cancellationToken).ConfigureAwait(false);
        await StartResourceAsync(instance, cancellationToken).ConfigureAwait(false);
    }

    private async Task PublishConnectionStringAsync(ConnectionStringAvailableEvent @event, CancellationToken cancellationToken)
    {
        var resource = (IResourceWithConnectionString)@event.Resource;
        var value = await resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
        await _notifications.PublishUpdateAsync(resource, s => s with
        {
            Properties = s.Properties.Set(CustomResourceKnownProperties.ConnectionString, value, sensitive: true),
        }).ConfigureAwait(false);
    }

    private async Task WaitForDependenciesAsync(BeforeResourceStartedEvent @event, CancellationToken cancellationToken)
    {
        if (!@event.Resource.HasAnnotationOfType<WaitAnnotation>())
        {
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var leftWaiting = LeftWaitingAsync(@event, ends.Token);
        try
        {
            var dependencies = _notifications.WaitForDependenciesAsync(@event.Resource, ends.Token);
            await (await Task.WhenAny(dependencies, leftWaiting).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await ends.CancelAsync().ConfigureAwait(false);
        }
    }

    private Task<ResourceEvent> LeftWaitingAsync(BeforeResourceStartedEvent @event, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<string>();
        return _notifications.WaitForResourceAsync(
            @event.Resource.Name,
            state =>
            {
                if (@event.InstanceName is { } instance && instance != state.ResourceId)
                {
                    return false;
                }

                return state.Snapshot.State?.Text == KnownResourceStates.Waiting
                    ? !waiting.Add(state.ResourceId) && false
                    : waiting.Contains(state.ResourceId);
            },
            cancellationToken);
    }
}
