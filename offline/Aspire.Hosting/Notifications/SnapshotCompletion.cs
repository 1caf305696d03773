namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every state gets from the resource's annotations.</summary>
internal static class SnapshotCompletion
{
    internal static CustomResourceSnapshot Complete(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        if (snapshot.State?.Text != KnownResourceStates.Waiting)
        {
            snapshot = snapshot with { Properties = snapshot.Properties.Without(PropertyNames.WaitingFor) };
        }

        snapshot = WithCommands(resource, snapshot, services);
        if (resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon))
        {
            snapshot = snapshot with
            {
                IconName = string.IsNullOrEmpty(snapshot.IconName) ? icon.IconName : snapshot.IconName,
                IconVariant = snapshot.IconVariant ?? icon.IconVariant,
            };
        }

        return resource.TryGetLastAnnotation<HiddenAnnotation>(out var hidden) ? snapshot with { IsHidden = hidden.Hides(snapshot) } : snapshot;
    }

    private static CustomResourceSnapshot WithCommands(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var commands = snapshot.Commands;
        foreach (var annotation in resource.Annotations.OfType<ResourceCommandAnnotation>().ToArray())
        {
            var command = annotation.ToSnapshot(snapshot, services);
            var known = commands.FirstOrDefault(c => c.Name == annotation.Name);
            commands = known is null ? commands.Add(command) : commands.Replace(known, known with { State = command.State });
        }

        return snapshot with { Commands = commands };
    }
}
