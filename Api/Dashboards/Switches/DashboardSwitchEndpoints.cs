using EmbedStack.Api.Audit;
using EmbedStack.Api.Audit.Reading;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Dashboards.Switches;

/// <summary>Which dashboards are on, for the network's leadership to read and change.</summary>
internal static class DashboardSwitchEndpoints
{
    private const int LargestBody = 1024;
    private const int MostVersions = 50;

    public static void MapDashboardSwitches(this IEndpointRouteBuilder app)
    {
        var dashboards = app.MapLeadership("/api/admin/dashboards");
        dashboards.MapGet("", ReadAsync);
        dashboards.MapGet("/history", ReadHistoryAsync).AddEndpointFilter<AuditReadFilter>();
        dashboards.MapPut("/{key}", SetAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblems(Problems.PreconditionFailed, Problems.PreconditionRequired);
    }

    private static async Task<Ok<DashboardSwitches>> ReadAsync(HttpContext context, DashboardSwitchStore store, CatalogueSource catalogue) =>
        await AnswerAsync(context, await store.ReadAsync(context.RequestAborted), catalogue);

    private static async Task<Ok<DashboardSwitchVersions>> ReadHistoryAsync(
        long? before, int? limit, DashboardSwitchHistory history, CancellationToken cancellationToken) => limit is < 1 or > MostVersions
        ? throw new ProblemException(Problems.Malformed)
        : TypedResults.Ok(await history.ReadAsync(before ?? long.MaxValue, limit ?? MostVersions, cancellationToken));

    private static async Task<Ok<DashboardSwitches>> SetAsync(
        string key, Switch wanted, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext context, DashboardSwitchStore store, CatalogueSource catalogue,
        AuditLog audit)
    {
        var expected = EntityTag.Require(ifMatch);
        var enabled = wanted.Enabled ?? throw new ProblemException(Problems.Malformed);
        var about = AuditEvent.Permitted(AuditKind.EntitlementChange, context).By(context.GetPerson());
        var after = await audit.WithinAsync(
            about,
            () => store.SetAsync(
                key, enabled, expected,
                version => audit.WriteAsync(
                    about with { Dashboards = [key], Reason = $"switch#{version} {(enabled ? "enabled" : "disabled")}" }, CancellationToken.None),
                context.RequestAborted),
            context);
        await store.FollowAsync();
        return await AnswerAsync(context, after, catalogue);
    }

    private static async Task<Ok<DashboardSwitches>> AnswerAsync(HttpContext context, DashboardSwitches switches, CatalogueSource catalogue) =>
        EntityTag.Answer(context, switches.Titled(await catalogue.GetAsync(context.RequestAborted)), switches.ETag);

    internal sealed record Switch(bool? Enabled);
}
