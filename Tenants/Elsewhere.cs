using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Tenants;

/// <summary>Where rows of people may stand that this program may neither search nor erase, and why none is to be feared.</summary>
internal static class Elsewhere
{
    /// <summary>What the raised data version made unreachable.</summary>
    public static readonly Remainder Caches = new(
        "redis: Superset's cached answers", 0, "keyed by the data version, which was raised: nobody is given them, and they expire within the hour");

    /// <summary>What was decided about access: documents that name tenants, roles and dashboards, and nobody.</summary>
    public static readonly Remainder Decisions = new(
        "embedstack.api.entitlement_versions", 0, "what was granted and withdrawn names the tenant's key; nothing is granted by it any more");

    /// <summary>What keeps tokens of the tenant's people refused.</summary>
    public static readonly Remainder Revocation = new(
        "embedstack.shared.revocations", 0, "the tenant's key, until the last token of its people has ended: 25 hours");

    /// <summary>What Keycloak notes of sign-ins and lets nobody delete by person.</summary>
    public static readonly Remainder SignIns = new(
        "keycloak: events", 0, "who signed in, from where, until the realm's retention of 30 days ends: Keycloak deletes all events or none");

    /// <summary>What must be accounted for later.</summary>
    public static readonly Remainder Audit = new("embedstack.audit: events", 0, "pseudonyms that lead to nobody and the tenant's key, until their retention ends");
}
