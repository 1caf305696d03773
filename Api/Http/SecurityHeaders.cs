namespace EmbedStack.Api.Http;

/// <summary>Headers on every answer. What Superset sets for its pages stands; the Api's own pages allow nothing.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, Origins origins)
{
    // Browsers keep to it for the host, whatever the port: on this one it would be every other program's as well.
    private const string EverybodysHost = "localhost";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var (context, origins) = ((HttpContext, Origins))state;
            Apply(context, origins);
            return Task.CompletedTask;
        }, (context, origins));
        return next(context);
    }

    private static void Apply(HttpContext context, Origins origins)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        if (origins.For(context) is { Scheme: "https", Host: not EverybodysHost })
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (origins.IsEmbed(context))
        {
            return;
        }

        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        }
    }
}
