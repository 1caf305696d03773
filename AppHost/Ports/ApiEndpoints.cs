namespace EmbedStack.AppHost.Ports;

/// <summary>The Api's endpoints: one an origin.</summary>
internal static class ApiEndpoints
{
    private const string AuthorsHost = "authors.localhost";

    /// <summary>
    /// Adds <c>http</c> for the app, <c>embed</c> for framed dashboards and <c>authors</c>. The Api tells requests apart by
    /// the port they come in at.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithOriginEndpoints(this IResourceBuilder<ProjectResource> api, StackPorts ports) => api
        .WithHttpEndpoint(ports.Api, name: "http")
        .WithHttpEndpoint(ports.Embed, name: "embed", env: "EMBED_PORT")
        .WithHttpEndpoint(ports.Authors, name: "authors", env: "AUTHORS_PORT")
        // Another site than the app's, not just another port: browsers keep sites apart, not ports.
        .WithEndpoint("embed", endpoint => endpoint.TargetHost = "127.0.0.1")
        .WithInternalUrl("http")
        .WithUrlName("embed", "Embed origin")
        .WithUrlForEndpoint("authors", url =>
        {
            url.Url = new UriBuilder(url.Url) { Host = AuthorsHost }.Uri.ToString();
            url.DisplayText = "Authors' origin";
        });

    /// <summary>
    /// Where authors reach Superset: a site of its own, so that Superset's cookies stay apart from the app's. Cookies ignore
    /// ports. Browsers resolve the name by themselves; other programs go to <c>localhost</c> and send it as their host.
    /// </summary>
    public static ReferenceExpression AuthorsOrigin(this IResourceBuilder<ProjectResource> api)
    {
        var endpoint = api.GetEndpoint("authors", KnownNetworkIdentifiers.LocalhostNetwork);
        return ReferenceExpression.Create(
            $"{endpoint.Property(EndpointProperty.Scheme)}://{AuthorsHost}:{endpoint.Property(EndpointProperty.Port)}");
    }

    /// <summary>Tells the Api its public addresses: what it is reached by is not for a request to say.</summary>
    public static IResourceBuilder<ProjectResource> WithOrigins(this IResourceBuilder<ProjectResource> api, EndpointReference app) => api
        .WithEnvironment("Origins__App", app)
        .WithEnvironment("Origins__Embed", api.GetEndpoint("embed"))
        .WithEnvironment("Origins__Authors", api.AuthorsOrigin());
}
