namespace EmbedStack.AppHost.Runtime;

/// <summary>The app: from Vite's server in development, from the Api as it was built with <c>EmbedStack:Web=built</c>.</summary>
internal static class WebExtensions
{
    private const string Sources = "../Web";

    /// <summary>Adds the app.</summary>
    /// <param name="builder">The stack.</param>
    /// <param name="name">The resource of the development server; built, there is none.</param>
    /// <param name="api">What the app asks.</param>
    /// <param name="settings">Which of the two.</param>
    /// <returns>Where browsers find it.</returns>
    public static EndpointReference AddWeb(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ProjectResource> api, StackSettings settings)
    {
        if (settings.IsWebBuilt)
        {
            api.WithEnvironment("App__Directory", builder.BuiltWeb()).WithUrlName("http", "App");
            return api.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork);
        }

        return builder.AddViteApp(name, Sources)
            .WithNode(settings)
            .WithEndpoint("http", endpoint => endpoint.Port = settings.Ports.Web)
            .WithUrlName("http", "App")
            .WithHttpHealthCheck("/")
            .WithReference(api)
            .WaitFor(api)
            .GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork);
    }

    /// <summary>The folder that <c>npm run build</c> makes.</summary>
    public static string BuiltWeb(this IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(Path.Combine(Sources, "dist"), builder.AppHostDirectory);
}
