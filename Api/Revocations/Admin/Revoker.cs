using EmbedStack.Api.Audit;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Edge.Exchange.Issuers;
using EmbedStack.Api.Http;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Revocations.Admin;

/// <summary>Revokes and lifts for somebody who may, after the audit has it. Begun, it ends, whoever hangs up.</summary>
internal sealed class Revoker(
    TenantDirectory tenants, CatalogueSource catalogue, RevocationStore store, PersonRevocations persons, TrustedIssuer issuer, AuditLog audit,
    RefusalAudit refusals)
{
    /// <exception cref="ProblemException">There is no such thing, or it would lock the caller out.</exception>
    public async Task RevokeAsync(RevocationRequest request, HttpContext context)
    {
        var (kind, value, person, cancellation) = (request.Kind!, request.Value!, context.GetPerson(), context.RequestAborted);
        if ((kind == RevocationKind.Person && value == person.Subject) || (kind == RevocationKind.Tenant && value == person.Tenant.Key))
        {
            throw new ProblemException(Problems.WouldLockOut);
        }

        if (!await ExistsAsync(request, cancellation))
        {
            throw await refusals.RefuseAsNotThereAsync(AuditKind.Revocation, Problems.NotFound.Slug, context);
        }

        var byLeadership = person.Role == Roles.Network;
        var tenant = !byLeadership ? person.Tenant.Key : kind == RevocationKind.Person ? await persons.TenantOfAsync(value, cancellation) : null;
        await DoAsync($"revoked {kind}", request, context, () => kind switch
        {
            RevocationKind.Person => RevokePersonAsync(value, tenant, byLeadership),
            RevocationKind.Session when RevocationRequest.SessionOf(value) is { } session => store.EndSessionAsync(session, CancellationToken.None),
            RevocationKind.Session => store.RevokeAsync(kind, value, untilLifted: false, CancellationToken.None),
            RevocationKind.Token when request.Issuer is not null => store.RevokeAsync(kind, value, untilLifted: false, CancellationToken.None),
            RevocationKind.Token => persons.EndTokenAsync(Guid.Parse(value), CancellationToken.None),
            _ => store.RevokeAsync(kind, value, request.UntilLifted ?? true, CancellationToken.None),
        });
    }

    /// <exception cref="ProblemException">It is not revoked.</exception>
    public async Task LiftAsync(string kind, string value, HttpContext context)
    {
        var (person, cancellation) = (context.GetPerson(), context.RequestAborted);
        var tenant = person.Role == Roles.Network ? null : person.Tenant.Key;
        if (!await (kind == RevocationKind.Person ? persons.IsRevokedAsync(value, tenant, cancellation) : store.StandsAsync(kind, value, cancellation)))
        {
            throw await refusals.RefuseAsNotThereAsync(AuditKind.Revocation, Problems.NotFound.Slug, context);
        }

        await DoAsync($"lifted {kind}", new RevocationRequest(kind, value, null), context, async () =>
        {
            if (!await (kind == RevocationKind.Person ? persons.LiftAsync(value, tenant, CancellationToken.None) : store.LiftAsync(kind, value, CancellationToken.None)))
            {
                throw new ProblemException(Problems.NotFound); // somebody else was faster
            }
        });
    }

    private async Task RevokePersonAsync(string subject, string? tenant, bool byLeadership)
    {
        var ended = await persons.RevokeAsync(subject, tenant, byLeadership, CancellationToken.None);
        await audit.WriteEndedAsync(ended.Select(one => one.Because(Problems.AccessWithdrawn.Slug)));
    }

    private async Task<bool> ExistsAsync(RevocationRequest request, CancellationToken cancellationToken) => (request.Kind!, request.Value!) switch
    {
        // Which tokens an issuer has made it knows alone: one may be refused before it is ever shown.
        (RevocationKind.Token, _) when request.Issuer is { } name => name == issuer.Name,
        // Issuers' persons are not known here: they never sign in.
        (RevocationKind.Session, var value) when RevocationRequest.SessionOf(value) is null => true,
        (RevocationKind.Session or RevocationKind.Token, var value) => await persons.OwnerAsync(request.Kind!, value, cancellationToken) is not null,
        (RevocationKind.Tenant, var value) => await tenants.IsKnownAsync(value, cancellationToken),
        (RevocationKind.Dashboard, var value) => (await catalogue.GetAsync(cancellationToken)).Dashboards.Any(dashboard => dashboard.Key == value),
        _ => true,
    };

    // Who did it, and on a row of its own whom it is about: persons stand in the audit as themselves, or not at all.
    private async Task DoAsync(string reason, RevocationRequest request, HttpContext context, Func<Task> act)
    {
        var (kind, value) = (request.Kind!, request.Value!);
        var about = AuditEvent.Permitted(AuditKind.Revocation, context) with { Reason = reason };
        var by = about.By(context.GetPerson()) with
        {
            Dashboards = kind == RevocationKind.Dashboard ? [value] : null,
            Reason = kind switch
            {
                RevocationKind.Tenant => $"{reason} {value}",
                RevocationKind.Session when RevocationRequest.SessionOf(value) is null => $"{reason} of an issuer",
                RevocationKind.Token when request.Issuer is not null => $"{reason} of an issuer",
                _ => reason,
            },
        };
        var session = kind == RevocationKind.Session ? RevocationRequest.SessionOf(value) : null;
        if ((kind == RevocationKind.Person ? value : await persons.OwnerAsync(kind, value, context.RequestAborted)) is not { } subject)
        {
            await audit.DoAsync(by, act, context);
            return;
        }

        var whom = about with
        {
            Address = null,
            UserAgent = null,
            Reason = $"{reason}: about",
            Subject = subject,
            SessionId = session,
            Tenant = await persons.TenantOfAsync(subject, context.RequestAborted),
        };
        await audit.DoAsync(by, () => audit.DoAsync(whom, act, context), context);
    }
}
