namespace EmbedStack.Api.Http;

/// <summary>Routes of commands at the terminal and on Aspire's dashboard. To whoever lacks their key there is nothing here.</summary>
internal static class OperatorRoutes
{
    public const string Prefix = "/api/operator";

    public static RouteGroupBuilder MapOperator(this IEndpointRouteBuilder app, string path) =>
        app.MapGroup(Prefix + path).WithMetadata(new CalledByServers()).ExcludeFromDescription().AddEndpointFilter<OperatorFilter>();
}
