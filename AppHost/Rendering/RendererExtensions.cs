using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Rendering;

/// <summary>Lets the Api have dashboards rendered.</summary>
internal static class RendererExtensions
{
    private const string Key = "RENDERER_KEY";
    private const string Limits = "EmbedStack:Renderer:Limits";

    /// <summary>
    /// Gives the Api the renderer's address, and both of them the key without which it answers nobody. The renderer is told
    /// the one place that it reaches, the embed origin: as browsers know it, and where that is from where it runs. The stack is
    /// up without it: not every machine lets Chromium start.
    /// </summary>
    public static void WithRenderer(
        this ApiInstances apis, IResourceBuilder<IResourceWithEndpoints> renderer, ReferenceExpression app,
        IResourceBuilder<ParameterResource> key, StackSettings settings)
    {
        var builder = renderer.ApplicationBuilder;
        renderer.WithAnnotation(new OptionalPartAnnotation());
        renderer.Cast<IResourceWithEnvironment>()
            .WithEnvironment(Key, key)
            .WithEnvironment("Origins__App", app)
            .WithEnvironment("Origins__Embed", apis.Embed.GetEndpoint("embed", KnownNetworkIdentifiers.LocalhostNetwork))
            .WithReference(apis.Embed.GetEndpoint("embed"))
            .WithSection(Limits, "Renderer__Limits__");
        if (settings.IsHttps)
        {
            // No public authority vouches for this machine's origins.
            renderer.Cast<IResourceWithEnvironment>()
                .WithEnvironment(context => context.EnvironmentVariables["Renderer__KeyPin"] = OriginCertificate.Of(settings).KeyPin());
        }

        var origins = app.ValueProviders.OfType<EndpointReferenceExpression>().Select(part => part.Endpoint.Resource);
        foreach (var part in origins.Concat(apis.Edges.Take(1).Select(edge => edge.Resource)).Distinct())
        {
            renderer.Cast<IResourceWithWaitSupport>().WaitFor(builder.CreateResourceBuilder<IResource>(part));
        }

        foreach (var api in apis.Apps)
        {
            api.WithReference(renderer.GetEndpoint("http"))
                .WithEnvironment(Key, key)
                .WithEnvironment("Renderer__PatienceSeconds", Patience(builder.Configuration));
        }
    }

    // As long as the renderer lets a request wait and then be rendered, and a little more: it says itself what went wrong.
    private static string Patience(IConfiguration configuration) =>
        (configuration.GetValue($"{Limits}:PatienceSeconds", 60) + configuration.GetValue($"{Limits}:Seconds", 60) + 20).ToString(CultureInfo.InvariantCulture);

    // The runtimes' resources have no type in common that Aspire's own methods would take.
    private static IResourceBuilder<T> Cast<T>(this IResourceBuilder<IResource> builder)
        where T : IResource =>
        builder.ApplicationBuilder.CreateResourceBuilder((T)builder.Resource);
}
