using EmbedStack.Api.Identity.BackChannel;
using EmbedStack.ServiceDefaults.Health;

namespace EmbedStack.Api.Http;

/// <summary>
/// Gives each request the public scheme and host from configuration, whatever proxies and callers say, and refuses
/// hosts that are not ours: redirects and cookies are built from them.
/// </summary>
internal sealed class OriginGate(RequestDelegate next, Origins origins)
{
    public Task InvokeAsync(HttpContext context)
    {
        var origin = origins.For(context);
        if (context.Request.Path.StartsWithSegments(OperatorRoutes.Prefix))
        {
            if (!IsOperators(context, origin))
            {
                return Problems.NotFound.WriteAsync(context);
            }
        }
        else if (!IsHealth(context.Request.Path) && !IsBackChannel(context, origin) && !IsHostOf(origin, context.Request.Host))
        {
            return Problems.InvalidHost.WriteAsync(context);
        }

        context.Request.Scheme = origin.Scheme;
        context.Request.Host = HostString.FromUriComponent(origin);
        return next(context);
    }

    // Keycloak and the stack's own commands call the process, not the public origin.
    private bool IsBackChannel(HttpContext context, Uri origin) => context.Request.Path == BackChannelLogout.Path && origin == origins.App;

    private bool IsOperators(HttpContext context, Uri origin) =>
        origin == origins.App && string.Equals(context.Request.Host.Host, OperatorRoutes.Host, StringComparison.OrdinalIgnoreCase);

    private static bool IsHealth(PathString path) => path == HealthEndpoints.ReadyPath || path == HealthEndpoints.AlivePath;

    private static bool IsHostOf(Uri origin, HostString host) =>
        string.Equals(host.Host, origin.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? (origin.Scheme == "https" ? 443 : 80)) == origin.Port;
}
