namespace EmbedStack.Api.Http;

/// <summary>Routes of commands at the terminal and on Aspire's dashboard. To whoever lacks their key there is nothing here.</summary>
internal static class OperatorRoutes
{
    public const string Prefix = "/api/operator";

    /// <summary>What a request must call the Api. No name server knows it, and nothing that is in front of the Api sends it on.</summary>
    public const string Host = "operator.embedstack.internal";

    public static RouteGroupBuilder MapOperator(this IEndpointRouteBuilder app, string path) =>
        app.MapGroup(Prefix + path).WithMetadata(new CalledByServers()).ExcludeFromDescription().AddEndpointFilter<OperatorFilter>();
}
