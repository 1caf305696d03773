using EmbedStack.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EmbedStack.Api.Edge.Warmup;

/// <summary>Begins a warm-up and tells how far it is, for the network's leadership.</summary>
internal static class WarmUpEndpoints
{
    public static void MapWarmUp(this IEndpointRouteBuilder app)
    {
        var warmUp = app.MapLeadership("/api/admin/embed-cache/warm-up");
        warmUp.MapGet("", (WarmUp running) => TypedResults.Ok(running.Progress));
        warmUp.MapPost("", Begin);
    }

    private static Accepted Begin(WarmUp warmUp)
    {
        warmUp.Ask();
        return TypedResults.Accepted("/api/admin/embed-cache/warm-up");
    }
}
