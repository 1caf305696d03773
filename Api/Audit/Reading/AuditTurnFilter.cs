using System.Threading.RateLimiting;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>Lets readers of the audit through in turns, and refuses those for whom there is no room to wait.</summary>
internal abstract class AuditTurnFilter(RefusalAudit audit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var turn = await TakeAsync(http.GetPerson(), http.RequestAborted);
        http.Response.RegisterForDispose(turn); // an export reads until its last byte
        if (turn.IsAcquired)
        {
            return await next(context);
        }

        await audit.WriteAsync(AuditEvent.Refused(AuditKind.Access, Problems.TooManyRequests.Slug, http).By(http.GetPerson()), http.RequestAborted);
        throw new ProblemException(Problems.TooManyRequests);
    }

    protected abstract ValueTask<RateLimitLease> TakeAsync(Person person, CancellationToken cancellationToken);
}

internal sealed class AuditReadFilter(AuditReaders readers, RefusalAudit audit) : AuditTurnFilter(audit)
{
    protected override ValueTask<RateLimitLease> TakeAsync(Person person, CancellationToken cancellationToken) => readers.ReadAsync(person, cancellationToken);
}

internal sealed class AuditVerifyFilter(AuditReaders readers, RefusalAudit audit) : AuditTurnFilter(audit)
{
    protected override ValueTask<RateLimitLease> TakeAsync(Person person, CancellationToken cancellationToken) => new(readers.Verify());
}
