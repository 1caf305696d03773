namespace Aspire.Hosting;

/// <summary>Tells a resource where others listen.</summary>
internal static class EndpointReferences
{
    internal static IResourceBuilder<T> Apply<T>(IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName, string? name)
        where T : IResourceWithEnvironment
    {
        var annotation = builder.Resource.Annotations.OfType<EndpointReferenceAnnotation>().SingleOrDefault(a => a.Resource == source);
        if (annotation is null)
        {
            annotation = new EndpointReferenceAnnotation(source) { ContextNetworkId = builder.Resource.GetDefaultNetwork() };
            builder.WithAnnotation(annotation);
            builder.WithEnvironment(context => SetVariables(context, annotation, name));
        }

        if (endpointName is null)
        {
            annotation.UseAllEndpoints = true;
        }
        else
        {
            annotation.EndpointNames.Add(endpointName);
        }

        return builder.WithReferenceRelationship(source);
    }

    private static void SetVariables(EnvironmentCallbackContext context, EndpointReferenceAnnotation annotation, string? name)
    {
        var flags = References.Flags(context.Resource);
        var variables = context.EnvironmentVariables;
        var service = name ?? annotation.Resource.Name;
        foreach (var endpoint in annotation.Resource.GetEndpoints(annotation.ContextNetworkId))
        {
            if (!annotation.EndpointNames.Contains(endpoint.EndpointName) && (!annotation.UseAllEndpoints || endpoint.ExcludeReferenceEndpoint))
            {
                continue;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                var prefix = EnvironmentVariableName.Encode(name ?? service.ToUpperInvariant());
                variables[$"{prefix}_{EnvironmentVariableName.Encode(endpoint.EndpointName).ToUpperInvariant()}"] = endpoint;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                var key = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
                var index = 0;
                while (variables.ContainsKey($"services__{service}__{key}__{index}"))
                {
                    index++;
                }

                variables[$"services__{service}__{key}__{index}"] = endpoint;
            }
        }
    }
}
