namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names of snapshot properties; the dashboard gives these a meaning.</summary>
internal static class PropertyNames
{
    internal const string ParentName = "resource.parentName";
    internal const string WaitingFor = "resource.waitingFor";
    internal const string AppArgs = "resource.appArgs";
    internal const string AppArgsSensitivity = "resource.appArgsSensitivity";
    internal const string ExecutablePath = "executable.path";
    internal const string ExecutableWorkDir = "executable.workDir";
    internal const string ExecutableArgs = "executable.args";
    internal const string ExecutablePid = "executable.pid";
    internal const string ProjectPath = "project.path";
    internal const string ProjectLaunchProfile = "project.launchProfile";
    internal const string ContainerImage = "container.image";
    internal const string ContainerId = "container.id";
    internal const string ContainerPorts = "container.ports";
    internal const string ContainerCommand = "container.command";
    internal const string ContainerArgs = "container.args";
    internal const string ContainerLifetime = "container.lifetime";
    internal const string ParameterValue = "Value";

    internal static ImmutableArray<ResourcePropertySnapshot> Set(this ImmutableArray<ResourcePropertySnapshot> properties, string name, object? value, bool sensitive = false)
    {
        var property = new ResourcePropertySnapshot(name, value) { IsSensitive = sensitive };
        var index = IndexOf(properties, name);
        return index < 0 ? properties.Add(property) : properties.SetItem(index, property);
    }

    internal static ImmutableArray<ResourcePropertySnapshot> Without(this ImmutableArray<ResourcePropertySnapshot> properties, string name)
    {
        var index = IndexOf(properties, name);
        return index < 0 ? properties : properties.RemoveAt(index);
    }

    internal static object? Get(this ImmutableArray<ResourcePropertySnapshot> properties, string name)
    {
        var index = IndexOf(properties, name);
        return index < 0 ? null : properties[index].Value;
    }

    private static int IndexOf(ImmutableArray<ResourcePropertySnapshot> properties, string name)
    {
        for (var i = 0; i < properties.Length; i++)
        {
            if (string.Equals(properties[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
