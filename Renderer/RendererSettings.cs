using System.Text;

namespace EmbedStack.Renderer;

/// <summary>Whom the renderer answers, and the one place that it reaches.</summary>
/// <param name="Key">What the Api's requests carry.</param>
/// <param name="App">The app's origin: dashboards are framed from there alone.</param>
/// <param name="Embed">The embed origin, as browsers know it.</param>
/// <param name="EmbedAddress">Where that origin is from here: another address where the renderer runs in a container.</param>
/// <param name="Chromium">The browser's program; null where it is to be found.</param>
/// <param name="KeyPin">The SHA-256, in base64, of the public key that the embed origin may have in place of one that an authority vouches for.</param>
/// <param name="Sandbox">Whether Chromium has its own sandbox: not as root, which it refuses, and not where a container is one.</param>
internal sealed record RendererSettings(byte[] Key, Uri App, Uri Embed, Uri EmbedAddress, string? Chromium, string? KeyPin, bool Sandbox)
{
    private const int ShortestKey = 32;

    /// <exception cref="InvalidOperationException">Something is missing or is no origin: nothing is rendered for anybody.</exception>
    public static RendererSettings From(IConfiguration configuration)
    {
        var key = configuration["RENDERER_KEY"];
        if (key is null || key.Length < ShortestKey)
        {
            throw new InvalidOperationException($"RENDERER_KEY must have {ShortestKey} characters or more.");
        }

        var embed = Origin("Origins:Embed");
        return new(
            Encoding.UTF8.GetBytes(key), Origin("Origins:App"), embed,
            configuration["services:api:embed:0"] is { Length: > 0 } ? Origin("services:api:embed:0") : embed,
            configuration["Renderer:Chromium"] is { Length: > 0 } path ? path : null,
            configuration["Renderer:KeyPin"] is { Length: > 0 } pin ? pin : null,
            configuration.GetValue("Renderer:Sandbox", Environment.UserName != "root"));

        Uri Origin(string name) =>
            Uri.TryCreate(configuration[name], UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"
                ? uri
                : throw new InvalidOperationException($"{name} must be an origin such as http://localhost:5173.");
    }

    public override string ToString() => $"{App} {Embed}";
}
