using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Revocations.Admin;

/// <summary>Revokes, lists what is revoked, and lifts it.</summary>
internal static class RevocationEndpoints
{
    private const int LargestBody = 8 * 1024;

    public static void MapRevocations(this IEndpointRouteBuilder app)
    {
        var revocations = app.MapGroup("/api/admin/revocations").RequireAuthorization()
            .AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>()
            .ProducesProblems(Problems.NotFound, Problems.TooManyRequests);
        revocations.MapGet("", ListAsync);
        revocations.MapPost("", RevokeAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblems(Problems.InvalidRevocation, Problems.WouldLockOut);
        revocations.MapDelete("/{kind}/{value}", LiftAsync).ProducesProblems(Problems.InvalidRevocation);
    }

    private static async Task<Ok<RevocationsAnswer>> ListAsync(
        HttpContext context, RevocationScope scope, RevocationStore store, PersonRevocations persons)
    {
        var tenant = await scope.TenantAsync(context);
        var refused = (await persons.ListAsync(tenant, context.RequestAborted))
            .Select(entry => new Revocation(RevocationKind.Person, entry.Subject, entry.RevokedAt, null));
        return TypedResults.Ok(new RevocationsAnswer(
            [.. refused, .. tenant is null ? await store.ListAsync(context.RequestAborted) : []]));
    }

    private static async Task<NoContent> RevokeAsync(
        RevocationRequest request, HttpContext context, RevocationScope scope, Revoker revoker)
    {
        var wanted = request.Check() ?? throw new ProblemException(Problems.InvalidRevocation);
        await scope.RequireAsync(wanted.Kind!, wanted.Value!, context);
        await revoker.RevokeAsync(wanted, context);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> LiftAsync(
        string kind, string value, HttpContext context, RevocationScope scope, Revoker revoker)
    {
        var wanted = kind is RevocationKind.Session or RevocationKind.Token ? null : new RevocationRequest(kind, value, null).Check();
        if (wanted is null)
        {
            throw new ProblemException(Problems.InvalidRevocation);
        }

        await scope.RequireAsync(wanted.Kind!, wanted.Value!, context);
        await revoker.LiftAsync(wanted.Kind!, wanted.Value!, context);
        return TypedResults.NoContent();
    }
}
