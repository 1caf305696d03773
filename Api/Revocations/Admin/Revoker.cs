using EmbedStack.Api.Audit;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Revocations.Admin;

/// <summary>Revokes and lifts for somebody who may, after the audit has it.</summary>
internal sealed class Revoker(
    TenantDirectory tenants, CatalogueSource catalogue, RevocationStore store, PersonRevocations persons, AuditLog audit)
{
    /// <exception cref="ProblemException">There is no such thing, or it would lock the caller out.</exception>
    public async Task RevokeAsync(RevocationRequest request, HttpContext context)
    {
        var (kind, value, person, cancellation) = (request.Kind!, request.Value!, context.GetPerson(), context.RequestAborted);
        if ((kind == RevocationKind.Person && value == person.Subject) || (kind == RevocationKind.Tenant && value == person.Tenant.Key))
        {
            throw new ProblemException(Problems.WouldLockOut);
        }

        if (!await ExistsAsync(kind, value, cancellation))
        {
            throw new ProblemException(Problems.NotFound);
        }

        await WriteAsync($"revoked {kind}", kind, value, context);
        await (kind switch
        {
            RevocationKind.Person => persons.RevokeAsync(value, await persons.TenantOfAsync(value, cancellation), person.Role == Roles.Network, cancellation),
            RevocationKind.Session => persons.EndSessionAsync(Guid.Parse(value), cancellation),
            _ => store.RevokeAsync(kind, value, request.UntilLifted ?? true, cancellation),
        });
    }

    /// <exception cref="ProblemException">It is not revoked.</exception>
    public async Task LiftAsync(string kind, string value, HttpContext context)
    {
        await WriteAsync($"lifted {kind}", kind, value, context);
        if (!await (kind == RevocationKind.Person ? persons.LiftAsync(value, context.GetPerson().Role == Roles.Network, context.RequestAborted) : store.LiftAsync(kind, value, context.RequestAborted)))
        {
            throw new ProblemException(Problems.NotFound);
        }
    }

    private async Task<bool> ExistsAsync(string kind, string value, CancellationToken cancellationToken) => kind switch
    {
        RevocationKind.Session => await persons.OwnerAsync(Guid.Parse(value), cancellationToken) is not null,
        RevocationKind.Tenant => await tenants.IsKnownAsync(value, cancellationToken),
        RevocationKind.Dashboard => (await catalogue.GetAsync(cancellationToken)).Dashboards.Any(dashboard => dashboard.Key == value),
        _ => true,
    };

    // Who did it, and on a row of its own whom it is about: persons stand in the audit as themselves, or not at all.
    private async Task WriteAsync(string reason, string kind, string value, HttpContext context)
    {
        var about = AuditEvent.Permitted(AuditKind.Revocation, context) with { Reason = reason };
        await audit.WriteAsync(
            about.By(context.GetPerson()) with
            {
                Dashboards = kind == RevocationKind.Dashboard ? [value] : null, Reason = kind == RevocationKind.Tenant ? $"{reason} {value}" : reason,
            },
            context.RequestAborted);
        var session = kind == RevocationKind.Session ? Guid.Parse(value) : (Guid?)null;
        if ((session is { } id ? await persons.OwnerAsync(id, context.RequestAborted) : kind == RevocationKind.Person ? value : null) is { } subject)
        {
            await audit.WriteAsync(
                about with { Address = null, UserAgent = null, Reason = $"{reason}: about", Subject = subject, SessionId = session, Tenant = await persons.TenantOfAsync(subject, context.RequestAborted) },
                context.RequestAborted);
        }
    }
}
