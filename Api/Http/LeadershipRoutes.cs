using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Http;

/// <summary>Routes that are the network's leadership's alone.</summary>
internal static class LeadershipRoutes
{
    public static RouteGroupBuilder MapLeadership(this IEndpointRouteBuilder app, string prefix) => app.MapGroup(prefix).RequireAuthorization()
        .AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>().AddEndpointFilter<LeadershipFilter>()
        .ProducesProblems(Problems.NotFound, Problems.TooManyRequests);
}
