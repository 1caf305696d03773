namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceTypes
{
    internal const string Container = "Container";
    internal const string Executable = "Executable";
    internal const string Project = "Project";
    internal const string Parameter = "Parameter";
    internal const string ConnectionString = "ConnectionString";
    internal const string ExternalService = "ExternalService";

    internal static string Of(IResource resource) => resource switch
    {
        ProjectResource => Project,
        _ when resource.IsContainer() => Container,
        ExecutableResource => Executable,
        ParameterResource => Parameter,
        ConnectionStringResource => ConnectionString,
        _ => TypeName(resource.GetType().Name),
    };

    private static string TypeName(string name) => name.EndsWith("Resource", StringComparison.Ordinal) ? name[..^"Resource".Length] : name;
}
