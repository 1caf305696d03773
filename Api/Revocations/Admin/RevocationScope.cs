using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Revocations.Admin;

/// <summary>
/// Who revokes what: the network's leadership everything, administrators persons, sessions and browsers' tokens of their own tenant. To
/// others there is nothing here, and of other tenants nobody hears.
/// </summary>
internal sealed class RevocationScope(PersonRevocations persons, RefusalAudit audit)
{
    /// <exception cref="ProblemException">It is not this person's to revoke, or to lift.</exception>
    public async Task RequireAsync(string kind, string value, HttpContext context)
    {
        var person = context.GetPerson();
        switch (person.Role, kind)
        {
            case (Roles.Network, _):
                return;
            case (Roles.Admin, RevocationKind.Person or RevocationKind.Session or RevocationKind.Token):
                var subject = kind == RevocationKind.Person ? value : await persons.OwnerAsync(kind, value, context.RequestAborted);
                if (subject is not null && await persons.TenantOfAsync(subject, context.RequestAborted) == person.Tenant.Key)
                {
                    return;
                }

                throw await audit.RefuseAsNotThereAsync(AuditReason.OtherTenant, context);
            default:
                throw await audit.RefuseAsNotThereAsync(AuditReason.NotEntitled, context);
        }
    }

    /// <summary>For lists.</summary>
    /// <returns>The tenant to keep to, or null for all.</returns>
    /// <exception cref="ProblemException">They are not this person's to read.</exception>
    public async Task<string?> TenantAsync(HttpContext context) => context.GetPerson() switch
    {
        { Role: Roles.Network } => null,
        { Role: Roles.Admin } person => person.Tenant.Key,
        _ => throw await audit.RefuseAsNotThereAsync(AuditReason.NotEntitled, context),
    };
}
