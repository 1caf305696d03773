using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Revocations.Admin;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>Drops what is kept of answers, for the network's leadership.</summary>
internal static class EdgeCacheEndpoints
{
    private const int LargestBody = 1024;

    public static void MapEdgeCache(this IEndpointRouteBuilder app) => app.MapLeadership("/api/admin/embed-cache")
        .MapPost("/drops", DropAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBody));

    private static async Task<Results<NoContent, ProblemHttpResult>> DropAsync(
        DropRequest request, CacheFactsSource facts, AuditLog audit, HttpContext context)
    {
        if (request.Kind is not { } kind || !DropKind.Known.Contains(kind)
            || (kind == DropKind.Everything ? request.Value ?? DropKind.All : request.Value) is not { } value
            || (kind == DropKind.Everything ? value != DropKind.All : !RevocationRequest.IsKey(value)))
        {
            return Problems.Malformed.ToResult();
        }

        var drop = AuditEvent.Permitted(AuditKind.Access, context).By(context.GetPerson()) with { Reason = $"dropped {kind} {value}" };
        await audit.DoAsync(drop, () => facts.DropAsync(kind, value, CancellationToken.None), context);
        return TypedResults.NoContent();
    }
}
