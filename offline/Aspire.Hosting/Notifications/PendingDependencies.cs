namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource still waits for, as its state shows it.</summary>
internal sealed class PendingDependencies(ResourceNotificationService notifications, IResource resource, IEnumerable<string> names)
{
    private readonly Lock _gate = new();
    private ImmutableList<string> _pending = [.. names];

    internal Task PublishAsync()
    {
        var waitingFor = _pending.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return notifications.PublishUpdateAsync(resource, s => CanWait(s.State?.Text)
            ? s with { State = KnownResourceStates.Waiting, Properties = s.Properties.Set(PropertyNames.WaitingFor, waitingFor) }
            : s);
    }

    internal Task DoneAsync(string name)
    {
        lock (_gate)
        {
            _pending = _pending.Remove(name, StringComparer.OrdinalIgnoreCase);
        }

        return _pending.Count > 0
            ? PublishAsync()
            : notifications.PublishUpdateAsync(resource, s => s with { Properties = s.Properties.Without(PropertyNames.WaitingFor) });
    }

    /// <summary>A resource started by hand stays as it is until somebody starts it.</summary>
    private bool CanWait(string? state)
        => state is null
            || state == KnownResourceStates.Starting
            || state == KnownResourceStates.Waiting
            || (state == KnownResourceStates.NotStarted && (!resource.HasAnnotationOfType<ExplicitStartupAnnotation>() || !resource.HasAnnotationOfType<ResourceInstancesAnnotation>()));
}
