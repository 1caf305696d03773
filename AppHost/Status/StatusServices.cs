namespace EmbedStack.AppHost.Status;

/// <summary>Where the services are that the script's own commands work on.</summary>
internal sealed class StatusServices(
    IResourceBuilder<IResourceWithConnectionString> database, IResourceBuilder<IResourceWithServiceDiscovery> keycloak,
    IResourceBuilder<ISupersetResource> superset, ApiInstances apis)
{
    private readonly EndpointReference _api = apis.First.GetEndpoint("http");
    private readonly EndpointReference _embed = apis.Embed.GetEndpoint("embed");
    private readonly EndpointReference _superset = superset.GetEndpoint("http");
    private readonly EndpointReference _keycloak = keycloak.GetEndpoint("http");

    public async Task<IReadOnlyList<string[]>> LinesAsync(CancellationToken cancellationToken)
    {
        // Endpoints of all processes are allocated together, and Keycloak waits for Postgres.
        if (!_keycloak.IsAllocated || !_superset.IsAllocated || !_api.IsAllocated)
        {
            return [];
        }

        var properties = database.Resource.GetConnectionProperties().ToDictionary(property => property.Key, property => property.Value);
        return
        [
            ["service", "postgres", $"{await properties["Host"].GetValueAsync(cancellationToken)}:{await properties["Port"].GetValueAsync(cancellationToken)}"],
            ["service", "keycloak", _keycloak.Url],
            ["service", "superset", _superset.Url],
            ["service", "api", _api.Url],
            ["service", "embed", _embed.Url],
        ];
    }
}
