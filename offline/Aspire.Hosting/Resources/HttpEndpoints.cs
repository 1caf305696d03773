namespace Aspire.Hosting;

/// <summary>Chooses a resource's HTTP endpoint.</summary>
internal static class HttpEndpoints
{
    internal static Func<EndpointReference> Select<T>(IResourceBuilder<T> builder, string? endpointName, string purpose)
        where T : IResourceWithEndpoints
        => () =>
        {
            string[] names = endpointName is null ? ["https", "http"] : [endpointName];
            var endpoints = builder.Resource.GetEndpoints().ToArray();
            var found = names
                .Select(n => endpoints.FirstOrDefault(e => string.Equals(e.EndpointName, n, StringComparison.OrdinalIgnoreCase)))
                .FirstOrDefault(e => e is not null)
                ?? throw new DistributedApplicationException($"Could not create {purpose} for resource '{builder.Resource.Name}' as no endpoint was found matching one of the specified names: {string.Join(", ", names)}");
            RequireHttp(found, builder.Resource.Name, purpose);
            return found;
        };

    internal static void RequireHttp(EndpointReference endpoint, string resource, string purpose)
    {
        if (endpoint.Scheme is not ("http" or "https"))
        {
            throw new DistributedApplicationException($"Could not create {purpose} for resource '{resource}' as the endpoint with name '{endpoint.EndpointName}' and scheme '{endpoint.Scheme}' is not an HTTP endpoint.");
        }
    }
}
