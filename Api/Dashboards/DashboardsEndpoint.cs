using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EmbedStack.Api.Dashboards;

internal static class DashboardsEndpoint
{
    public static void MapDashboards(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/dashboards", ListAsync).RequireAuthorization()
            .AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>();

    private static async Task<Ok<DashboardsAnswer>> ListAsync(
        HttpContext context, CatalogueSource catalogue, RevocationSource revocations, CancellationToken cancellationToken)
    {
        var current = await catalogue.GetAsync(cancellationToken);
        var revoked = revocations.Current;
        return TypedResults.Ok(new DashboardsAnswer(
            [.. current.For(context.GetPerson()).Where(dashboard => !revoked.IsDashboardRevoked(dashboard.Key)).Select(dashboard => new DashboardsAnswer.Entry(dashboard.Key, dashboard.Title))]));
    }

    /// <summary>The dashboards that a person may open; the first is the one to begin with.</summary>
    internal sealed record DashboardsAnswer(IReadOnlyList<DashboardsAnswer.Entry> Dashboards)
    {
        internal sealed record Entry(string Key, string Title);
    }
}
