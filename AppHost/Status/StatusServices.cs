namespace EmbedStack.AppHost.Status;

/// <summary>Where the services are that the script's own commands work on.</summary>
internal sealed class StatusServices(
    IResourceBuilder<IResourceWithConnectionString> database, IResourceBuilder<IResourceWithServiceDiscovery> keycloak)
{
    private readonly EndpointReference _keycloak = keycloak.GetEndpoint("http");

    public async Task<IReadOnlyList<string[]>> LinesAsync(CancellationToken cancellationToken)
    {
        // Keycloak waits for Postgres: where it has an address, both have.
        if (!_keycloak.IsAllocated)
        {
            return [];
        }

        var properties = database.Resource.GetConnectionProperties().ToDictionary(property => property.Key, property => property.Value);
        return
        [
            ["service", "postgres", $"{await properties["Host"].GetValueAsync(cancellationToken)}:{await properties["Port"].GetValueAsync(cancellationToken)}"],
            ["service", "keycloak", _keycloak.Url],
        ];
    }
}
