using EmbedStack.Api.Audit;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Http;

/// <summary>Lets the network's leadership through. To everybody else there is nothing here.</summary>
internal sealed class LeadershipFilter(RefusalAudit audit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetPerson().Role == Roles.Network)
        {
            return await next(context);
        }

        throw await audit.RefuseAsNotThereAsync(AuditReason.NotEntitled, http);
    }
}
