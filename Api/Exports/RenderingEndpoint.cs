using EmbedStack.Api.Alarms;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Exports;

/// <summary>A dashboard as a file: what the person sees of it, and nothing else.</summary>
internal static class RenderingEndpoint
{
    private const int LargestBody = 32 * 1024;

    public static IServiceCollection AddExports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpClient(RendererClient.Name, RendererClient.Configure).ConfigurePrimaryHttpMessageHandler(RendererClient.CreateHandler);
        return services.AddSingleton(RendererSettings.From(configuration)).AddSingleton<RendererClient>().AddSingleton<RenderingTurns>().AddSingleton<DashboardExport>();
    }

    public static void MapExports(this IEndpointRouteBuilder app) => app
        .MapPost("/api/dashboards/{key}/renderings", RenderAsync)
        .RequireAuthorization()
        .AddEndpointFilter<PersonFilter>()
        .AddEndpointFilter<RateLimitFilter>()
        .AddEndpointFilter<OtherTenantFilter>()
        .Produces<Stream>(StatusCodes.Status200OK, DashboardExport.ContentTypes[RenderingBody.Pdf], DashboardExport.ContentTypes[RenderingBody.Png])
        .ProducesProblems(
            Problems.InvalidRendering, Problems.Forbidden, Problems.UnknownDashboard, Problems.Uncovered, Problems.RenderingTooLarge, Problems.TooManyRenderings,
            Problems.RenderingFailed, Problems.RendererUnavailable, Problems.RenderingTimedOut)
        .WithMetadata(new RequestSizeLimitAttribute(LargestBody));

    private static async Task<FileContentHttpResult> RenderAsync(
        string key, RenderingBody body, HttpContext context, DashboardExport export, CancellationToken cancellationToken) =>
        body.IsValid()
            ? await export.MakeAsync(context.GetPerson(), key, body, context, cancellationToken)
            : throw new ProblemException(Problems.InvalidRendering);
}
