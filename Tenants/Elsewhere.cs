using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Tenants;

/// <summary>Where rows of people may stand that this program may neither search nor erase, and why none is to be feared.</summary>
internal static class Elsewhere
{
    /// <summary>What the raised data version made unreachable.</summary>
    public static readonly Remainder Caches = new(
        "redis: Superset's cached answers", 0, "keyed by the data version, which was raised: nobody is given them, and they expire within the hour");

    /// <summary>What must be accounted for later.</summary>
    public static readonly Remainder Audit = new("embedstack.audit: events", 0, "pseudonyms that lead to nobody and the tenant's key, until their retention ends");
}
