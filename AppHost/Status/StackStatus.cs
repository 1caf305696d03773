namespace EmbedStack.AppHost.Status;

/// <summary>Where the resources stand, and so the stack.</summary>
internal sealed class StackStatus
{
    private readonly Dictionary<string, ResourceStatus> _resources = new(StringComparer.OrdinalIgnoreCase);
    private bool _wasRunning;

    public StackStatus(DistributedApplicationModel model)
    {
        var awaited = model.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion)
            .Select(wait => wait.Resource.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        foreach (var resource in model.Resources.Where(resource => resource is not ParameterResource && !IsStartedByHand(resource)))
        {
            _resources.Add(resource.Name, new(resource, resource.Name, awaited.Contains(resource.Name), null, TimeSpan.Zero));
        }
    }

    public IEnumerable<ResourceStatus> Resources => _resources.Values;

    /// <summary>What failed by itself, not for want of something else.</summary>
    public IEnumerable<ResourceStatus> RootFailures => Needed.Where(status => status.HasFailed && !WaitsForFailed(status));

    /// <summary>A stack that ran once goes on running: what stops later is told by the resource's own line.</summary>
    public string State
    {
        get
        {
            _wasRunning |= Needed.All(status => status.IsReady);
            return _wasRunning ? "running" : Needed.Any(status => status.HasFailed) ? "failed" : "starting";
        }
    }

    private IEnumerable<ResourceStatus> Needed =>
        _resources.Values.Where(status => !status.Resource.Annotations.OfType<OptionalPartAnnotation>().Any());

    /// <summary>Takes a report; tells whether it changes anything.</summary>
    public bool Update(ResourceEvent report, TimeSpan sinceStart)
    {
        if (!_resources.TryGetValue(report.Resource.Name, out var known))
        {
            return false;
        }

        // The dashboard is a resource, too.
        if (report.Snapshot.IsHidden)
        {
            return _resources.Remove(report.Resource.Name);
        }

        var status = known with { Id = report.ResourceId, Snapshot = report.Snapshot, Since = sinceStart };
        var differs = status.DiffersFrom(known);
        _resources[report.Resource.Name] = differs ? status : status with { Since = known.Since };
        return differs;
    }

    private bool WaitsForFailed(ResourceStatus status) =>
        status.Resource.Annotations.OfType<WaitAnnotation>()
            .Any(wait => _resources.TryGetValue(wait.Resource.Name, out var dependency) && dependency.HasFailed);

    private static bool IsStartedByHand(IResource resource) => resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();
}
