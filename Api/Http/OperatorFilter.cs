namespace EmbedStack.Api.Http;

/// <summary>Lets the stack's own commands through.</summary>
internal sealed class OperatorFilter(OperatorKey key) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        key.IsIn(context.HttpContext.Request) ? await next(context) : Problems.NotFound.ToResult();
}
