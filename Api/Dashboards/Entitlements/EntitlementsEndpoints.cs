using System.Globalization;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Dashboards.Entitlements;

/// <summary>Who may see which dashboard, for the network's leadership to read and replace.</summary>
internal static class EntitlementsEndpoints
{
    private const int LargestBody = 1024 * 1024;
    private const int MostVersions = 50;

    public static void MapEntitlements(this IEndpointRouteBuilder app)
    {
        var entitlements = app.MapGroup("/api/admin/entitlements").RequireAuthorization()
            .AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>().AddEndpointFilter<LeadershipFilter>()
            .ProducesProblems(Problems.NotFound, Problems.TooManyRequests);
        entitlements.MapGet("", ReadAsync);
        entitlements.MapGet("/history", ReadHistoryAsync);
        entitlements.MapGet("/history/{version}", ReadVersionAsync);
        entitlements.MapPut("", ReplaceAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblems(Problems.InvalidEntitlements, Problems.PreconditionFailed, Problems.PreconditionRequired);
    }

    private static async Task<Ok<EntitlementsDocument>> ReadAsync(HttpContext context, EntitlementStore store) =>
        Answer(await store.ReadAsync(context.RequestAborted), context);

    private static async Task<Ok<EntitlementVersions>> ReadHistoryAsync(
        long? before, int? limit, EntitlementHistory history, CancellationToken cancellationToken) => limit is < 1 or > MostVersions
        ? throw new ProblemException(Problems.Malformed)
        : TypedResults.Ok(await history.ReadAsync(before ?? long.MaxValue, limit ?? MostVersions, cancellationToken));

    private static async Task<Ok<EntitlementsDocument>> ReadVersionAsync(
        long version, EntitlementHistory history, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.FindAsync(version, cancellationToken) ?? throw new ProblemException(Problems.NotFound));

    private static async Task<Ok<EntitlementsDocument>> ReplaceAsync(
        EntitlementsDocument document, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext context, EntitlementStore store, AuditLog audit)
    {
        var expected = EntityTag.Require(ifMatch);
        var about = AuditEvent.Permitted(AuditKind.EntitlementChange, context).By(context.GetPerson());
        EntitlementsDocument after;
        try
        {
            after = await store.ReplaceAsync(
                document, expected, (version, change) => audit.WriteAsync(Describe(about, version, change), context.RequestAborted), context.RequestAborted);
        }
        catch (Exception stopped)
        {
            await audit.WriteAsync(about.AsRefused(AuditReason.Of(stopped), context), CancellationToken.None);
            throw;
        }

        await store.FollowAsync();
        return Answer(after, context);
    }

    // By the number the history finds who it was: a correlation id is whatever the caller says.
    private static AuditEvent Describe(AuditEvent about, long version, EntitlementsChange change) =>
        about with { Dashboards = change.Dashboards, Reason = string.Create(CultureInfo.InvariantCulture, $"#{version} {change}") };

    private static Ok<EntitlementsDocument> Answer(EntitlementsDocument document, HttpContext context)
    {
        context.Response.Headers.ETag = document.ETag;
        return TypedResults.Ok(document);
    }
}
