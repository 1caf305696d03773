using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Tests.GuestTokens;

internal static class TestPersons
{
    public static Person Of(string role, string tenant = "northside", string staff = "s-1") => new(
        "subject", Guid.Empty, "Name",
        new Tenant(tenant, "Northside", role == Roles.Network ? TenantKind.Network : TenantKind.Clinic, TenantIsolation.Shared, "clinic", "clinic"),
        role, role == Roles.Clinician ? staff : null);
}
