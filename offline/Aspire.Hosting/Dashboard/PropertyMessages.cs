using Aspire.Hosting.Dashboard.Messages;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>A resource's properties, those that every resource has first.</summary>
internal static class PropertyMessages
{
    // In the order in which the page shows them.
    private static readonly (string Name, string Label)[] _labels =
    [
        (PropertyNames.ContainerImage, "Container image"),
        (PropertyNames.ContainerId, "Container ID"),
        (PropertyNames.ContainerCommand, "Container command"),
        (PropertyNames.ContainerArgs, "Container arguments"),
        (PropertyNames.ContainerPorts, "Container ports"),
        (PropertyNames.ContainerLifetime, "Container lifetime"),
        (PropertyNames.ProjectPath, "Project path"),
        (PropertyNames.ProjectLaunchProfile, "Launch profile"),
        (PropertyNames.ExecutablePath, "Executable path"),
        (PropertyNames.ExecutableWorkDir, "Working directory"),
        (PropertyNames.ExecutableArgs, "Executable arguments"),
        (PropertyNames.ExecutablePid, "Process ID"),
    ];

    public static IEnumerable<ResourceProperty> From(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        return Common(change)
            .Select(property => new ResourceProperty { Name = property.Name, Value = ToValue(property.Value), IsSensitive = false })
            .Concat(snapshot.Properties.Select(property => From(change.Resource, property)));
    }

    private static IEnumerable<(string Name, object? Value)> Common(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        yield return ("resource.uid", change.ResourceId);
        yield return ("resource.name", change.ResourceId);
        yield return ("resource.type", snapshot.ResourceType);
        yield return ("resource.displayName", change.Resource.Name);
        yield return ("resource.state", snapshot.State?.Text);
        yield return ("resource.exitCode", snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture));
        yield return ("resource.createTime", Iso(snapshot.CreationTimeStamp));
        yield return ("resource.startTime", Iso(snapshot.StartTimeStamp));
        yield return ("resource.stopTime", Iso(snapshot.StopTimeStamp));
        yield return ("resource.healthState", snapshot.HealthStatus?.ToString());
    }

    private static ResourceProperty From(IResource resource, ResourcePropertySnapshot property)
    {
        var message = new ResourceProperty
        {
            Name = property.Name,
            Value = ToValue(property.Value),
            IsSensitive = property.IsSensitive || IsSecret(resource, property.Name),
        };
        var order = Array.FindIndex(_labels, label => label.Name == property.Name);
        if (order >= 0)
        {
            message.DisplayName = _labels[order].Label;
            message.IsHighlighted = true;
            message.SortOrder = order;
        }

        return message;
    }

    // Masked whatever the publisher of the snapshot says: a value shown once is a secret lost.
    private static bool IsSecret(IResource resource, string property)
        => property == CustomResourceKnownProperties.ConnectionString || (property == PropertyNames.ParameterValue && resource is ParameterResource { Secret: true });

    private static string? Iso(DateTime? time) => time?.ToString("O", CultureInfo.InvariantCulture);

    private static Value ToValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        int number => Value.ForNumber(number),
        IEnumerable<string> texts => Value.ForList([.. texts.Select(Value.ForString)]),
        IEnumerable<int> numbers => Value.ForList([.. numbers.Select(number => Value.ForNumber(number))]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
