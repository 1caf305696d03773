using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>The embed origin: what an embedded page needs from Superset, and nothing else.</summary>
internal sealed class EdgeHandler(EdgeForwarder forwarder, CatalogueSource catalogue)
{
    public async Task HandleAsync(HttpContext context)
    {
        switch (EdgeRoutes.Find(context.Request))
        {
            case null:
            case EdgeRoute.Page when !await IsCataloguedAsync(context):
                await Problems.NotFound.WriteAsync(context);
                break;
            case EdgeRoute.Discard:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case { } route:
                context.NameSpan($"embed {route}");
                await forwarder.ForwardAsync(context, route);
                break;
        }
    }

    private async Task<bool> IsCataloguedAsync(HttpContext context)
    {
        var embeddedId = EdgeRoutes.EmbeddedId(context.Request);
        var current = await catalogue.GetAsync(context.RequestAborted);
        return current.Dashboards.Any(dashboard => dashboard.EmbeddedUuid == embeddedId);
    }
}
