using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>
/// Who reads what of the audit: administrators their own tenant's, the network's leadership everything. To others there is
/// nothing here.
/// </summary>
internal sealed class AuditScope(RefusalAudit audit)
{
    /// <exception cref="ProblemException">It is not this reader's.</exception>
    public async Task<AuditFilter> ApplyAsync(AuditFilter filter, HttpContext context)
    {
        var person = context.GetPerson();
        return person.Role switch
        {
            Roles.Network => filter,
            Roles.Admin when filter.Tenant is null || filter.Tenant == person.Tenant.Key => filter with { Tenant = person.Tenant.Key },
            Roles.Admin => throw await audit.RefuseAsNotThereAsync(AuditReason.OtherTenant, context),
            _ => throw await audit.RefuseAsNotThereAsync(AuditReason.NotEntitled, context),
        };
    }
}
