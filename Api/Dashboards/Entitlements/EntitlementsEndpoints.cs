using EmbedStack.Api.Audit;
using EmbedStack.Api.Audit.Reading;
using EmbedStack.Api.Http;
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
        var entitlements = app.MapLeadership("/api/admin/entitlements");
        entitlements.MapGet("", ReadAsync);
        entitlements.MapGet("/history", ReadHistoryAsync).AddEndpointFilter<AuditReadFilter>();
        entitlements.MapGet("/history/{version}", ReadVersionAsync).AddEndpointFilter<AuditReadFilter>();
        entitlements.MapPut("", ReplaceAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblems(Problems.InvalidEntitlements, Problems.PreconditionFailed, Problems.PreconditionRequired);
    }

    private static async Task<Ok<EntitlementsDocument>> ReadAsync(HttpContext context, EntitlementStore store) =>
        Answer(context, await store.ReadAsync(context.RequestAborted));

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
        var after = await audit.WithinAsync(
            about,
            () => store.ReplaceAsync(
                document, expected, (version, change) => audit.WriteAsync(change.In(about, version), CancellationToken.None), context.RequestAborted),
            context);
        await store.FollowAsync();
        return Answer(context, after);
    }

    private static Ok<EntitlementsDocument> Answer(HttpContext context, EntitlementsDocument document) => EntityTag.Answer(context, document, document.ETag);
}
