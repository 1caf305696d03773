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

    public static void MapEntitlements(this IEndpointRouteBuilder app)
    {
        var entitlements = app.MapGroup("/api/admin/entitlements").RequireAuthorization()
            .AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>().AddEndpointFilter<LeadershipFilter>()
            .ProducesProblems(Problems.NotFound, Problems.TooManyRequests);
        entitlements.MapGet("", ReadAsync);
        entitlements.MapPut("", ReplaceAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblems(Problems.InvalidEntitlements, Problems.PreconditionFailed, Problems.PreconditionRequired);
    }

    private static async Task<Ok<EntitlementsDocument>> ReadAsync(HttpContext context, EntitlementStore store) =>
        Answer(await store.ReadAsync(context.RequestAborted), context);

    private static async Task<Results<Ok<EntitlementsDocument>, ProblemHttpResult>> ReplaceAsync(
        EntitlementsDocument document, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext context, EntitlementStore store, AuditLog audit)
    {
        if (Tags(ifMatch) is not { Length: > 0 } expected)
        {
            return Problems.PreconditionRequired.ToResult();
        }

        var about = AuditEvent.Permitted(AuditKind.EntitlementChange, context).By(context.GetPerson());
        try
        {
            return Answer(await store.ReplaceAsync(document, expected, change => audit.WriteAsync(Describe(about, change), context.RequestAborted), context.RequestAborted), context);
        }
        catch (Exception stopped)
        {
            var reason = stopped is ProblemException { Problem.Slug: var slug } ? slug : Problems.Internal.Slug;
            await audit.WriteAsync(about with { Allowed = false, Reason = reason }, CancellationToken.None);
            throw;
        }
    }

    private static AuditEvent Describe(AuditEvent about, EntitlementsChange change) =>
        about with { Dashboards = change.Dashboards, Reason = change.ToString() };

    private static Ok<EntitlementsDocument> Answer(EntitlementsDocument document, HttpContext context)
    {
        context.Response.Headers.ETag = document.ETag;
        return TypedResults.Ok(document);
    }

    private static string[] Tags(string? header) =>
        (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
