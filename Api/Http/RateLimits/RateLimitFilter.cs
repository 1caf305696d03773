using EmbedStack.Api.Audit;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Http.RateLimits;

/// <summary>Refuses what a person or a tenant asks too often, and says when to ask again.</summary>
internal sealed class RateLimitFilter(PersonRateLimiter limiter, RefusalAudit audit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (limiter.Ask(http.GetPerson()) is not { } pause)
        {
            return await next(context);
        }

        var problem = Problems.TooManyRequests with { RetryAfter = pause };
        await audit.WriteAsync(AuditEvent.Refused(AuditKind.Access, problem.Slug, http).By(http.GetPerson()), http.RequestAborted);
        throw new ProblemException(problem);
    }
}
