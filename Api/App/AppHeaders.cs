using EmbedStack.Api.Http;

namespace EmbedStack.Api.App;

/// <summary>Headers of the app's own files: what its pages may do, and how long they are kept.</summary>
internal sealed class AppHeaders(Origins origins)
{
    // Names of these change with their contents.
    private static readonly PathString Hashed = "/assets";

    private readonly string _policy = string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        $"frame-src {Origins.Text(origins.Embed)}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");

    public void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = context.Request.Path.StartsWithSegments(Hashed) ? "public, max-age=31536000, immutable" : "no-cache";
    }
}
