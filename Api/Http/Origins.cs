using EmbedStack.Api.Instances;

namespace EmbedStack.Api.Http;

/// <summary>The public origins, and which of the process' ports serves which of them; none where another instance does.</summary>
internal sealed record Origins(Uri App, Uri Embed, Uri Authors, int? EmbedPort, int? AuthorsPort)
{
    public static Origins From(IConfiguration configuration, ApiRole role) => new(
        Origin(configuration, "Origins:App"),
        Origin(configuration, "Origins:Embed"),
        Origin(configuration, "Origins:Authors"),
        role.HasFlag(ApiRole.Edge) ? configuration.GetRequired<int>("EMBED_PORT") : null,
        role.HasFlag(ApiRole.App) ? configuration.GetRequired<int>("AUTHORS_PORT") : null);

    public bool IsEmbed(HttpContext context) => context.Connection.LocalPort == EmbedPort;

    public bool IsAuthors(HttpContext context) => context.Connection.LocalPort == AuthorsPort;

    public Uri For(HttpContext context) => IsEmbed(context) ? Embed : IsAuthors(context) ? Authors : App;

    /// <summary>An origin as browsers write it, without a trailing slash.</summary>
    public static string Text(Uri origin) => origin.GetLeftPart(UriPartial.Authority);

    private static Uri Origin(IConfiguration configuration, string key)
    {
        var value = configuration.GetRequired<string>(key);
        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"
            ? uri
            : throw new InvalidOperationException($"{key} must be an origin such as http://localhost:5173.");
    }
}
