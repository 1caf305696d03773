using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Views;

/// <summary>Views that persons save for themselves. Whose they are is the session's word.</summary>
internal static class SavedViewEndpoints
{
    private const int LargestBody = 32 * 1024; // of which characters may take six bytes each

    public static IServiceCollection AddSavedViews(this IServiceCollection services) => services.AddSingleton<SavedViewStore>();

    public static void MapSavedViews(this IEndpointRouteBuilder app)
    {
        var views = app.MapGroup("/api/views").RequireAuthorization()
            .AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>()
            .ProducesProblems(Problems.TooManyRequests);
        views.MapGet("", ReadAsync);
        views.MapPost("", SaveAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblems(Problems.InvalidView, Problems.UnknownDashboard, Problems.TooManyViews);
        views.MapDelete("/{id}", DeleteAsync).ProducesProblems(Problems.NotFound);
    }

    private static async Task<Ok<SavedViews>> ReadAsync(HttpContext context, SavedViewStore store) =>
        TypedResults.Ok(await store.ReadAsync(context.GetPerson(), context.RequestAborted));

    private static async Task<Ok<SavedView>> SaveAsync(
        SavedViewRequest request, HttpContext context, CatalogueSource catalogue, SavedViewStore store)
    {
        var (view, person) = (request.Check() ?? throw new ProblemException(Problems.InvalidView), context.GetPerson());
        return (await catalogue.GetAsync(context.RequestAborted)).Find(view.Dashboard!, person) is null
            ? throw new ProblemException(Problems.UnknownDashboard)
            : TypedResults.Ok(await store.SaveAsync(person, view, context.RequestAborted) ?? throw new ProblemException(Problems.TooManyViews));
    }

    private static async Task<NoContent> DeleteAsync(Guid id, HttpContext context, SavedViewStore store) =>
        await store.DeleteAsync(context.GetPerson(), id, context.RequestAborted)
            ? TypedResults.NoContent()
            : throw new ProblemException(Problems.NotFound);
}
