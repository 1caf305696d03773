using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Health;

namespace EmbedStack.Api.Authors;

internal static class AuthorsExtensions
{
    public static IServiceCollection AddAuthors(this IServiceCollection services) =>
        services.AddSingleton<AuthorAudit>().AddSingleton<AuthorsHandler>();

    /// <summary>Takes the requests of the authors' endpoint out of the application's own.</summary>
    public static IApplicationBuilder UseAuthors(this IApplicationBuilder app)
    {
        var origins = app.ApplicationServices.GetRequiredService<Origins>();
        var handler = app.ApplicationServices.GetRequiredService<AuthorsHandler>();
        return app.MapWhen(
            context => origins.IsAuthors(context) && context.Request.Path != HealthEndpoints.ReadyPath,
            authors => authors.Run(handler.HandleAsync));
    }
}
