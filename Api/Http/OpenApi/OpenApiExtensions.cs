namespace EmbedStack.Api.Http.OpenApi;

internal static class OpenApiExtensions
{
    /// <summary>Describes the application's own endpoints, not the origins that pass Superset on.</summary>
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer<DocumentHead>();
        options.AddOperationTransformer<CommonAnswers>();
    });

    public static void MapApiDescription(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json");
}
