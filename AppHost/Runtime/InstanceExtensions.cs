namespace EmbedStack.AppHost.Runtime;

/// <summary>Services of which several instances run.</summary>
internal static class InstanceExtensions
{
    /// <summary>Tells a process all instances of a service, under the service's one name, and has it wait for each.</summary>
    /// <param name="process">The process.</param>
    /// <param name="service">The name that it asks for the service by.</param>
    /// <param name="instances">The instances; each has the endpoint <c>http</c>.</param>
    public static IResourceBuilder<T> WithInstances<T>(
        this IResourceBuilder<T> process, string service, IReadOnlyList<IResourceBuilder<ISupersetResource>> instances)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        process.WithReference(instances[0]).WaitFor(instances[0]);
        for (var number = 1; number < instances.Count; number++)
        {
            process.WithEnvironment($"services__{service}__http__{number}", instances[number].GetEndpoint("http")).WaitFor(instances[number]);
        }

        return process;
    }
}
