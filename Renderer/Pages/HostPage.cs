using Microsoft.Playwright;

namespace EmbedStack.Renderer.Pages;

/// <summary>
/// The page that frames a dashboard. It stands at the app's origin, as Superset asks for, but comes from here: the app is
/// never called. Of the network there is the embed origin and nothing else.
/// </summary>
internal sealed class HostPage(RendererSettings settings)
{
    private static readonly string Html = PageFile.Read("host.html");
    private readonly Uri _address = new(settings.App, "rendering");
    private readonly KeyValuePair<string, string>[] _headers =
    [
        new("Content-Security-Policy", $"default-src 'none'; style-src 'unsafe-inline'; frame-src {settings.Embed.GetLeftPart(UriPartial.Authority)}"),
        new("Referrer-Policy", "strict-origin-when-cross-origin"),
    ];

    public string Address => _address.ToString();

    /// <summary>Closes a context's ways into the network.</summary>
    public async Task GuardAsync(IBrowserContext context)
    {
        await context.RouteAsync("**/*", AnswerAsync);
        await context.RouteWebSocketAsync("**/*", socket => _ = socket.CloseAsync());
    }

    private async Task AnswerAsync(IRoute route)
    {
        try
        {
            // Chromium takes hosts that are none here.
            await (Uri.TryCreate(route.Request.Url, UriKind.Absolute, out var url) switch
            {
                true when url == _address => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Headers = _headers, Body = Html }),
                true when IsEmbed(url!) => route.ContinueAsync(),
                _ => route.AbortAsync("blockedbyclient"),
            });
        }
        catch (PlaywrightException)
        {
            // The context was closed meanwhile.
        }
    }

    private bool IsEmbed(Uri url) => (url.Scheme, url.Host, url.Port) == (settings.Embed.Scheme, settings.Embed.Host, settings.Embed.Port);
}
