namespace EmbedStack.ClinicData.Stores;

/// <summary>Where a tenant's rows stand. Both names hold lower-case letters, digits and <c>_</c> only.</summary>
/// <param name="Database">Name of the database.</param>
/// <param name="Schema">Name of the schema in it.</param>
internal sealed record Store(string Database, string Schema)
{
    /// <summary>The tables of the clinics that have none of their own.</summary>
    public static readonly Store Shared = new("clinic", "clinic");

    /// <summary>The figures of all clinics, for the network's leadership.</summary>
    public static readonly Store Network = new("clinic", "network");

    /// <summary>What a tenant's own schema or database is called. Keys that differ in case or in - and _ alone have one name.</summary>
    public static string NameOf(string key) => $"clinic_{key.Replace('-', '_').ToLowerInvariant()}";

    /// <summary>The tenant's store by kind and isolation.</summary>
    /// <exception cref="ClinicDataException">The tenant's key or isolation is not allowed.</exception>
    public static Store Of(Tenant tenant)
    {
        if (!TenantKey.IsAllowed(tenant.Key))
        {
            throw new ClinicDataException($"tenant '{tenant.Key}': {TenantKey.Rule}");
        }

        var own = NameOf(tenant.Key);
        return (tenant.Kind, tenant.Isolation) switch
        {
            ("network", _) => Network,
            (_, "shared") => Shared,
            (_, "schema") => new("clinic", own),
            (_, "database") => new(own, "clinic"),
            _ => throw new ClinicDataException($"tenant '{tenant.Key}': isolation cannot be '{tenant.Isolation}'"),
        };
    }
}
