using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Revocations;

namespace EmbedStack.Api.Tenancy;

/// <summary>Maps a verified session to one tenant and one role; anything missing, ambiguous or revoked is refused.</summary>
internal sealed class PersonResolver(TenantDirectory tenants, RevocationSource revocations)
{
    public async Task<Resolution> ResolveAsync(SignedIn signedIn, CancellationToken cancellationToken)
    {
        var facts = signedIn.Introspection;
        if (facts.Organizations is not [var alias] || await tenants.FindAsync(alias, cancellationToken) is not { } tenant)
        {
            return new(signedIn, null, Problems.NoTenant);
        }

        if (facts.Roles is not [var role] || !Roles.All.Contains(role) || !Fits(role, tenant, facts.StaffId))
        {
            return new(signedIn, null, Problems.NoRole) { Tenant = tenant.Key };
        }

        var staff = role == Roles.Clinician ? facts.StaffId : null;
        var person = new Person(facts.Subject, signedIn.SessionId, facts.Name, tenant, role, staff) { Attributes = facts.Attributes };
        var refusal = revocations.Current.Refuse(person);
        return new(signedIn, refusal is null ? person : null, refusal) { Tenant = tenant.Key, Role = role };
    }

    // The network's leadership stands in the network's own organization, and a clinician is somebody of the staff.
    private static bool Fits(string role, Tenant tenant, string? staffId) =>
        (role == Roles.Network) == (tenant.Kind == TenantKind.Network)
        && (role != Roles.Clinician || (staffId is not null && RuleValue.IsAllowed(staffId)));
}
