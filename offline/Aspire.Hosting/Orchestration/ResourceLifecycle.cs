using Aspire.Hosting.Parameters;

namespace Aspire.Hosting.Orchestration;

/// <summary>Turns what the engine does into states and events of the model.</summary>
internal sealed class ResourceLifecycle(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    ParameterInitializer parameters,
    IServiceProvider services)
{
    private readonly Lazy<ParentChild> _family = new(() => new ParentChild(model));

    /// <summary>All resources enter the running application.</summary>
    internal async Task InitializeAsync(CancellationToken cancellationToken)
    {
        await parameters.InitializeAsync(model.Resources.OfType<ParameterResource>(), cancellationToken).ConfigureAwait(false);
        foreach (var resource in model.Resources.ToArray())
        {
            var parent = ParentChild.ParentOf(resource)?.GetInstanceNames()[0];
            await notifications.PublishUpdateAsync(resource, s => s with
            {
                Relationships = PublishedState.RelationshipsOf(resource),
                Urls = ResourceUrls.Of(resource),
                Properties = parent is null ? s.Properties : s.Properties.Set(PropertyNames.ParentName, parent),
                HealthReports = InitialHealth(resource),
            }).ConfigureAwait(false);
            var @event = new InitializeResourceEvent(resource, eventing, loggers, notifications, services);
            await eventing.PublishAsync(@event, EventDispatchBehavior.NonBlockingConcurrent, cancellationToken).ConfigureAwait(false);
        }
    }

    internal Task EndpointsAllocatedAsync(IResource resource, CancellationToken cancellationToken)
        => eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), EventDispatchBehavior.BlockingSequential, cancellationToken);

    /// <summary>Reaches children of executables, too.</summary>
    internal async Task ConnectionStringAvailableAsync(IResource resource, CancellationToken cancellationToken)
    {
        foreach (var member in _family.Value.WithDescendants(resource).OfType<IResourceWithConnectionString>())
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(member, services), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>About to start: the handlers hold the start up, and waiting for others is one of them.</summary>
    internal async Task StartingAsync(IResource resource, string? instance, CancellationToken cancellationToken)
    {
        Task Publish(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
            => instance is null ? notifications.PublishUpdateAsync(resource, change) : notifications.PublishUpdateAsync(resource, instance, change);

        await Publish(s => s with { State = KnownResourceStates.Starting, HealthReports = InitialHealth(resource) }).ConfigureAwait(false);
        if (resource.IsContainer())
        {
            var image = resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.FullName ?? "";
            await Publish(s => s with { Properties = s.Properties.Set(PropertyNames.ContainerImage, image) }).ConfigureAwait(false);
            await CopyToChildrenAsync(resource, KnownResourceStates.Starting, null, null).ConfigureAwait(false);
        }

        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services) { InstanceName = instance }, cancellationToken).ConfigureAwait(false);
    }

    internal async Task FailedToStartAsync(IResource resource, string? instance, bool isConfiguration)
    {
        var state = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, isConfiguration ? KnownResourceStateStyles.Error : null);
        if (instance is null)
        {
            await notifications.PublishUpdateAsync(resource, s => s with { State = state }).ConfigureAwait(false);
            return;
        }

        await notifications.PublishUpdateAsync(resource, instance, s => s with { State = state }).ConfigureAwait(false);
        if (resource.IsContainer())
        {
            await CopyToChildrenAsync(resource, KnownResourceStates.FailedToStart, null, null).ConfigureAwait(false);
        }
    }

    internal async Task ChangedAsync(IResource resource, string instance, EngineStatus status, Func<CustomResourceSnapshot, CustomResourceSnapshot> change, CancellationToken cancellationToken)
    {
        var before = notifications.TryGetCurrentState(instance, out var last) ? last.Snapshot.State?.Text : null;
        await notifications.PublishUpdateAsync(resource, instance, change).ConfigureAwait(false);
        if (resource.IsContainer())
        {
            await CopyToChildrenAsync(resource, status.State, status.Started, status.Finished).ConfigureAwait(false);
        }

        if (KnownResourceStates.IsTerminal(status.State) && !KnownResourceStates.IsTerminal(before) && notifications.TryGetCurrentState(instance, out var ended))
        {
            foreach (var member in _family.Value.WithDescendants(resource))
            {
                await eventing.PublishAsync(new ResourceStoppedEvent(member, services, ended), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Only containers' children share the parent's state, as in Aspire: others publish their own.</summary>
    private async Task CopyToChildrenAsync(IResource resource, string? state, DateTime? started, DateTime? stopped)
    {
        foreach (var child in _family.Value.WithDescendants(resource).Skip(1))
        {
            await notifications.PublishUpdateAsync(child, s => s with { State = state, StartTimeStamp = started, StopTimeStamp = stopped }).ConfigureAwait(false);
        }
    }

    private static ImmutableArray<HealthReportSnapshot> InitialHealth(IResource resource)
        => resource.TryGetAnnotationsIncludingAncestorsOfType<HealthCheckAnnotation>(out var checks)
            ? [.. checks.Select(c => c.Key).Distinct().Select(key => new HealthReportSnapshot(key, null, null, null))]
            : [];
}

/// <summary>An instance's state in the engine.</summary>
internal readonly record struct EngineStatus(string? State, DateTime? Started, DateTime? Finished);
