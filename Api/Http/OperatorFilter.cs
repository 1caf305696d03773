namespace EmbedStack.Api.Http;

/// <summary>Lets the stack's own commands through; whoever tries keys is told to stop.</summary>
internal sealed class OperatorFilter(OperatorKey key, OperatorLimit limit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (key.IsIn(http.Request))
        {
            return await next(context);
        }

        if (limit.IsReached(http))
        {
            throw new ProblemException(Problems.TooManyOperators);
        }

        limit.CountRefusal(http);
        return Problems.NotFound.ToResult();
    }
}
