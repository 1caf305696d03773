using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace EmbedStack.Api.Http;

/// <summary>Names server spans after their route: the framework leaves that to instrumentation packages.</summary>
internal static class SpanNames
{
    public static IApplicationBuilder UseSpanNames(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint)
        {
            context.NameSpan(endpoint.RoutePattern.RawText ?? "/");
        }

        return next(context);
    });

    /// <summary>Keeps the request's span from being exported.</summary>
    public static void LeaveOutSpan(this HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
        {
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    public static void NameSpan(this HttpContext context, string route)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
        {
            activity.DisplayName = $"{context.Request.Method} {route}";
            activity.SetTag("http.route", route);
        }
    }
}
