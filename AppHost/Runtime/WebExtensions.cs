namespace EmbedStack.AppHost.Runtime;

/// <summary>The app: from Vite's server in development, from the Api as it was built with <c>EmbedStack:Web=built</c>.</summary>
internal static class WebExtensions
{
    private const string Sources = "../Web";

    /// <summary>Adds the app.</summary>
    /// <param name="builder">The stack.</param>
    /// <param name="name">The resource of the development server; built, there is none.</param>
    /// <param name="apis">What the app asks.</param>
    /// <param name="settings">Which of the two.</param>
    /// <returns>Where browsers find it.</returns>
    public static ReferenceExpression AddWeb(
        this IDistributedApplicationBuilder builder, string name, ApiInstances apis, StackSettings settings)
    {
        var api = apis.First;
        if (settings.IsWebBuilt)
        {
            foreach (var instance in apis.Apps)
            {
                instance.WithEnvironment("App__Directory", builder.BuiltWeb());
            }

            api.WithUrlHost(settings.ApiAppEndpoint, settings.Hosts.App, "App");
            return api.GetEndpoint(settings.ApiAppEndpoint, KnownNetworkIdentifiers.LocalhostNetwork).OriginAt(settings.Hosts.App);
        }

        var web = builder.AddViteApp(name, Sources)
            .WithNode(settings)
            .WithEndpoint("http", endpoint => (endpoint.Port, endpoint.UriScheme) = (settings.Ports.Web, settings.Scheme))
            .WithUrlHost("http", settings.Hosts.App, "App")
            .WithReference(api)
            .WaitFor(api);
        if (settings.IsHttps)
        {
            var certificate = OriginCertificate.Of(settings);
            web.WithEnvironment("HTTPS_CERTIFICATE", certificate.File).WithHttpsHealthCheck("http", certificate);
        }
        else
        {
            web.WithHttpHealthCheck("/");
        }

        return web.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork).OriginAt(settings.Hosts.App);
    }

    /// <summary>The folder that <c>npm run build</c> makes.</summary>
    public static string BuiltWeb(this IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(Path.Combine(Sources, "dist"), builder.AppHostDirectory);
}
