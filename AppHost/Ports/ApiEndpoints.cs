namespace EmbedStack.AppHost.Ports;

/// <summary>The Api's endpoints: one an origin.</summary>
internal static class ApiEndpoints
{
    /// <summary>
    /// Adds <c>http</c> for the app, <c>embed</c> for framed dashboards and <c>authors</c>. The Api tells requests apart by
    /// the port they come in at. With HTTPS, <c>https</c> is the built app's, and <c>http</c> for other servers and programs
    /// of this machine, which answers no browser: none can name the app's host there.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithOriginEndpoints(this IResourceBuilder<ProjectResource> api, StackSettings settings)
    {
        var (ports, hosts) = (settings.Ports, settings.Hosts);
        api.WithHttpEndpoint(settings.ApiAppEndpoint == "http" ? ports.Api : null, name: "http").WithInternalUrl("http");
        if (settings.ApiAppEndpoint == "https")
        {
            api.WithHttpsEndpoint(ports.Api, name: "https");
        }

        return api
            .WithEndpoint(ports.Embed, scheme: settings.Scheme, name: "embed", env: "EMBED_PORT")
            .WithEndpoint(ports.Authors, scheme: settings.Scheme, name: "authors", env: "AUTHORS_PORT")
            // Another site than the app's, not just another port: browsers keep sites apart, not ports.
            .WithEndpoint("embed", endpoint => endpoint.TargetHost = "127.0.0.1")
            .WithUrlName("embed", "Embed origin")
            .WithUrlHost("authors", hosts.Authors, "Authors' origin");
    }

    /// <summary>Where authors reach Superset: a site of its own, so that Superset's cookies stay apart from the app's. Cookies ignore ports.</summary>
    public static ReferenceExpression AuthorsOrigin(this IResourceBuilder<ProjectResource> api, StackSettings settings) =>
        api.GetEndpoint("authors", KnownNetworkIdentifiers.LocalhostNetwork).OriginAt(settings.Hosts.Authors);

    /// <summary>An endpoint's address under the name that browsers know it by.</summary>
    public static ReferenceExpression OriginAt(this EndpointReference endpoint, string host) =>
        ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Scheme)}://{host}:{endpoint.Property(EndpointProperty.Port)}");

    /// <summary>Tells the Api its public addresses: what it is reached by is not for a request to say.</summary>
    public static IResourceBuilder<ProjectResource> WithOrigins(
        this IResourceBuilder<ProjectResource> api, ReferenceExpression app, ReferenceExpression authors) => api
        .WithEnvironment("Origins__App", app)
        .WithEnvironment("Origins__Embed", api.GetEndpoint("embed"))
        .WithEnvironment("Origins__Authors", authors)
        // Whose word counts on where a request comes from is for TrustedProxies to say, in a deployment as well.
        .DisableForwardedHeaders();
}
