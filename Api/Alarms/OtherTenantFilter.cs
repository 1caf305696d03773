using EmbedStack.Api.Audit;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Alarms;

/// <summary>
/// Audits requests that name a tenant other than the person's own. What they name decides nothing, and they are answered
/// as if they had not; but somebody tried.
/// </summary>
internal sealed class OtherTenantFilter(RefusalAudit audit) : IEndpointFilter
{
    private static readonly string[] Names = ["tenant", "tenant_id", "tenant_key", "organization", "x-tenant", "x-tenant-id", "x-organization"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var person = http.GetPerson();
        if (Named(http.Request, context.Arguments).Any(value => value.Length > 0 && value != person.Tenant.Key))
        {
            // Not the request is refused, but what it named: whatever else is refused of it has a row of its own.
            var attempt = AuditEvent.Permitted(AuditKind.Access, http).By(person) with { Allowed = false, Reason = AuditReason.OtherTenant };
            await audit.WriteAsync(attempt, http.RequestAborted);
        }

        return await next(context);
    }

    private static IEnumerable<string> Named(HttpRequest request, IList<object?> arguments) => Names
        .SelectMany(name => request.Query[name].Concat(request.Headers[name]).Append(request.Cookies[name]))
        .Concat(arguments.OfType<INamesMembers>().SelectMany(body => Names.Select(body.Text)))
        .OfType<string>();
}
