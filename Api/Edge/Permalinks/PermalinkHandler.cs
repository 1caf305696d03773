using System.Text.Json.Nodes;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Permalinks;

/// <summary>Answers for Superset, which wants a session and a CSRF token for it that no embedded page has.</summary>
internal sealed class PermalinkHandler(PermalinkStore store, PermalinkRate rate, Origins origins)
{
    public async Task MakeAsync(GuestRead read, Dashboard dashboard, HttpContext context)
    {
        rate.Count(read.Guest);
        var state = PermalinkState.Read(read.Body) ?? throw new ProblemException(Problems.Malformed);
        var key = await store.AddAsync(read.Guest, dashboard, state, context.RequestAborted);
        // As Superset writes it. Where the host shows its own address instead, the key is what it takes of this one.
        var url = $"{Origins.Text(origins.Embed)}/superset/dashboard/p/{key}/";
        await WriteAsync(context, StatusCodes.Status201Created, new JsonObject { ["key"] = key, ["url"] = url });
    }

    public async Task FindAsync(GuestRead read, string key, HttpContext context)
    {
        var found = await store.FindAsync(key, read.Guest.Tenant, read.Guest.Dashboards, context.RequestAborted)
            ?? throw new ProblemException(Problems.NotFound);
        var dashboard = read.Guest.Dashboards.First(one => one.EmbeddedUuid == found.Dashboard);
        await WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["dashboardId"] = dashboard.Uuid.ToString("D"), ["state"] = JsonNode.Parse(found.State),
        });
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject answer)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }
}
