using EmbedStack.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EmbedStack.Api.Edge.Warmup;

/// <summary>Begins a warm-up and tells how far it is, for the network's leadership and for commands.</summary>
internal static class WarmUpEndpoints
{
    public static void MapWarmUp(this IEndpointRouteBuilder app)
    {
        foreach (var warmUp in new[] { app.MapLeadership("/api/admin/embed-cache/warm-up"), app.MapOperator("/warm-up") })
        {
            warmUp.MapGet("", Read);
            warmUp.MapPost("", Begin);
        }
    }

    private static Ok<WarmUpProgress> Read(WarmUp warmUp, HttpContext context)
    {
        context.LeaveOutSpan(); // whoever shows it asks again and again
        return TypedResults.Ok(warmUp.Progress);
    }

    private static Accepted Begin(WarmUp warmUp)
    {
        warmUp.Ask();
        return TypedResults.Accepted((string?)null);
    }
}
