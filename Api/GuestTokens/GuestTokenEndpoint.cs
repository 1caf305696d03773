using EmbedStack.Api.Alarms;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.GuestTokens;

internal static class GuestTokenEndpoint
{
    private const int LargestBody = 8 * 1024;

    public static void MapGuestTokens(this IEndpointRouteBuilder app) => app
        .MapPost("/api/superset/guest-token", MintAsync)
        .RequireAuthorization()
        .AddEndpointFilter<PersonFilter>()
        .AddEndpointFilter<RateLimitFilter>()
        .AddEndpointFilter<OtherTenantFilter>()
        .ProducesProblems(
            Problems.UnknownDashboard, Problems.Uncovered, Problems.TooManyRequests, Problems.SupersetRefused, Problems.SupersetUnavailable)
        .WithMetadata(new RequestSizeLimitAttribute(LargestBody));

    private static async Task<Ok<GuestTokenAnswer>> MintAsync(
        GuestTokenRequest request, HttpContext context, GuestTokenMint mint, CancellationToken cancellationToken)
    {
        var keys = request.Keys() ?? throw new ProblemException(Problems.Malformed);
        return TypedResults.Ok(await mint.MintAsync(context.GetPerson(), keys, context, cancellationToken));
    }
}
