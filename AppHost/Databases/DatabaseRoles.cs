namespace EmbedStack.AppHost.Databases;

/// <summary>The roles that <c>database-setup</c> makes: one a purpose, each with a password of its own.</summary>
internal sealed class DatabaseRoles(IDistributedApplicationBuilder builder, bool persist)
{
    /// <summary>Keycloak's own database.</summary>
    public DatabaseRole Keycloak { get; } = Role(builder, "keycloak", persist);

    /// <summary>Superset's own database.</summary>
    public DatabaseRole SupersetMeta { get; } = Role(builder, "superset_meta", persist);

    /// <summary>What Superset publishes for the Api.</summary>
    public DatabaseRole SupersetShared { get; } = Role(builder, "superset_shared", persist);

    /// <summary>The Api's own tables.</summary>
    public DatabaseRole Api { get; } = Role(builder, "api", persist);

    /// <summary>Partitions and retention of the audit.</summary>
    public DatabaseRole AuditMaintenance { get; } = Role(builder, "audit_maintenance", persist);

    /// <summary>Schema and policies of the clinic databases, of which it makes one for each tenant that has its own.</summary>
    public DatabaseRole ClinicOwner { get; } = Role(builder, "clinic_owner", persist);

    /// <summary>Rows of the clinic databases, where policies do not bind it, and the tenants' records.</summary>
    public DatabaseRole ClinicLoader { get; } = Role(builder, "clinic_loader", persist);

    /// <summary>Guests' queries.</summary>
    public DatabaseRole ClinicReader { get; } = Role(builder, "clinic_reader", persist);

    /// <summary>Authors' queries.</summary>
    public DatabaseRole ClinicAuthor { get; } = Role(builder, "clinic_author", persist);

    public IEnumerable<DatabaseRole> All =>
    [
        Keycloak, SupersetMeta, SupersetShared, Api, AuditMaintenance, ClinicOwner, ClinicLoader, ClinicReader, ClinicAuthor,
    ];

    private static DatabaseRole Role(IDistributedApplicationBuilder builder, string name, bool persist) =>
        new(name, builder.AddSecret($"db-{name.Replace('_', '-')}-password", persist));
}
