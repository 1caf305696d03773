using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Exports;

/// <summary>Where the renderer is. A stack without one answers that it is away.</summary>
/// <param name="Address">Its address, if there is one.</param>
/// <param name="Key">What it knows the Api by.</param>
/// <param name="Patience">How long a rendering may take, with its wait for others.</param>
internal sealed record RendererSettings(Uri? Address, string Key, TimeSpan Patience)
{
    private const string Service = "renderer";

    /// <exception cref="InvalidOperationException">There is a renderer, and no key to it.</exception>
    public static RendererSettings From(IConfiguration configuration)
    {
        var patience = TimeSpan.FromSeconds(configuration.GetValue("Renderer:PatienceSeconds", 140));
        return configuration.GetSection($"services:{Service}").AsEnumerable().Any(entry => entry.Value is { Length: > 0 })
            ? new(configuration.GetServiceAddress(Service), configuration.GetRequired<string>("RENDERER_KEY"), patience)
            : new(null, "", patience);
    }

    public override string ToString() => $"{Address}";
}
