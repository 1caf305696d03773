using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Dashboards.Switches;

/// <summary>Which dashboards are on, for the network's leadership to read and change.</summary>
internal static class DashboardSwitchEndpoints
{
    private const int LargestBody = 1024;

    public static void MapDashboardSwitches(this IEndpointRouteBuilder app)
    {
        var dashboards = app.MapGroup("/api/admin/dashboards").RequireAuthorization()
            .AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>().AddEndpointFilter<LeadershipFilter>()
            .ProducesProblems(Problems.NotFound, Problems.TooManyRequests);
        dashboards.MapGet("", ReadAsync);
        dashboards.MapPut("/{key}", SetAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblems(Problems.PreconditionFailed, Problems.PreconditionRequired);
    }

    private static async Task<Ok<DashboardSwitches>> ReadAsync(HttpContext context, DashboardSwitchStore store) =>
        Answer(await store.ReadAsync(context.RequestAborted), context);

    private static async Task<Ok<DashboardSwitches>> SetAsync(
        string key, Switch wanted, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext context, DashboardSwitchStore store, AuditLog audit)
    {
        var expected = EntityTag.Require(ifMatch);
        var enabled = wanted.Enabled ?? throw new ProblemException(Problems.Malformed);
        var about = AuditEvent.Permitted(AuditKind.EntitlementChange, context).By(context.GetPerson());
        var change = about with { Dashboards = [key], Reason = enabled ? "enabled" : "disabled" };
        try
        {
            await store.SetAsync(key, enabled, expected, () => audit.WriteAsync(change, context.RequestAborted), context.RequestAborted);
        }
        catch (Exception stopped)
        {
            await audit.WriteAsync(about.AsRefused(AuditReason.Of(stopped), context), CancellationToken.None);
            throw;
        }

        await store.FollowAsync();
        return Answer(await store.ReadAsync(context.RequestAborted), context);
    }

    private static Ok<DashboardSwitches> Answer(DashboardSwitches switches, HttpContext context)
    {
        context.Response.Headers.ETag = switches.ETag;
        return TypedResults.Ok(switches);
    }

    internal sealed record Switch(bool? Enabled);
}
