namespace EmbedStack.AppHost.Ports;

/// <summary>The Api's endpoints: one an origin.</summary>
internal static class ApiEndpoints
{
    /// <summary>
    /// Adds <c>http</c> for the app and <c>authors</c>. The Api tells requests apart by the port they come in at. With HTTPS,
    /// <c>https</c> is the built app's, and <c>http</c> for other servers and programs of this machine, which answers no
    /// browser: none can name the app's host there.
    /// </summary>
    /// <param name="api">The process.</param>
    /// <param name="settings">The stack's.</param>
    /// <param name="isOrigin">Whether browsers reach it there, and by no way round.</param>
    public static IResourceBuilder<ProjectResource> WithAppEndpoints(this IResourceBuilder<ProjectResource> api, StackSettings settings, bool isOrigin)
    {
        var ports = isOrigin ? settings.Ports : StackPorts.Free;
        api.WithHttpEndpoint(settings.ApiAppEndpoint == "http" ? ports.Api : null, name: "http").WithInternalUrl("http");
        if (settings.ApiAppEndpoint == "https")
        {
            api.WithHttpsEndpoint(ports.Api, name: "https");
        }

        api.WithEndpoint(ports.Authors, scheme: settings.Scheme, name: "authors", env: "AUTHORS_PORT");
        return isOrigin ? api.WithUrlHost("authors", settings.Hosts.Authors, "Authors' origin") : api.WithInternalUrl("authors");
    }

    /// <summary>Adds <c>embed</c> for framed dashboards: on another site than the app, not just at another port. Browsers keep sites apart, not ports.</summary>
    public static IResourceBuilder<ProjectResource> WithEmbedEndpoint(this IResourceBuilder<ProjectResource> api, StackSettings settings, bool isOrigin)
    {
        api
            .WithEndpoint((isOrigin ? settings.Ports : StackPorts.Free).Embed, scheme: settings.Scheme, name: "embed", env: "EMBED_PORT")
            .WithEndpoint("embed", endpoint => endpoint.TargetHost = "127.0.0.1");
        return isOrigin ? api.WithUrlName("embed", "Embed origin") : api.WithInternalUrl("embed");
    }

    /// <summary>Where authors reach Superset: a site of its own, so that Superset's cookies stay apart from the app's. Cookies ignore ports.</summary>
    public static ReferenceExpression AuthorsOrigin(this IResourceBuilder<ProjectResource> api, StackSettings settings) =>
        api.GetEndpoint("authors", KnownNetworkIdentifiers.LocalhostNetwork).OriginAt(settings.Hosts.Authors);

    /// <summary>An endpoint's address under the name that browsers know it by.</summary>
    public static ReferenceExpression OriginAt(this EndpointReference endpoint, string host) =>
        ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Scheme)}://{host}:{endpoint.Property(EndpointProperty.Port)}");

    /// <summary>Tells the Api its public addresses: what it is reached by is not for a request to say.</summary>
    public static IResourceBuilder<ProjectResource> WithOrigins(
        this IResourceBuilder<ProjectResource> api, ReferenceExpression app, EndpointReference embed, ReferenceExpression authors) => api
        .WithEnvironment("Origins__App", app)
        .WithEnvironment("Origins__Embed", embed)
        .WithEnvironment("Origins__Authors", authors)
        // Whose word counts on where a request comes from is for TrustedProxies to say, in a deployment as well.
        .DisableForwardedHeaders();
}
