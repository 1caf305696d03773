using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EmbedStack.Api.Health;

/// <summary>How the stack and each dashboard are, for the network's leadership.</summary>
internal static class HealthEndpoint
{
    public static IServiceCollection AddStackHealth(this IServiceCollection services) =>
        services.AddSingleton<PartChecks>().AddSingleton<EmbedChecks>();

    public static void MapStackHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/admin/health", ReadAsync).RequireAuthorization()
            .AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>().AddEndpointFilter<LeadershipFilter>()
            .ProducesProblems(Problems.NotFound, Problems.TooManyRequests);

    private static async Task<Ok<StackHealth>> ReadAsync(PartChecks parts, EmbedChecks embeds, CancellationToken cancellationToken)
    {
        var (asked, read) = (parts.CheckAsync(cancellationToken), embeds.ReadAsync(cancellationToken));
        return TypedResults.Ok(new StackHealth(await asked, await read));
    }
}
