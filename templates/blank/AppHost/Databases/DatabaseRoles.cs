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

    /// <summary>Tables and policies of the customer database.</summary>
    public DatabaseRole CustomerOwner { get; } = Role(builder, "customer_owner", persist);

    /// <summary>The tenants' records.</summary>
    public DatabaseRole CustomerLoader { get; } = Role(builder, "customer_loader", persist);

    /// <summary>Guests' queries.</summary>
    public DatabaseRole CustomerReader { get; } = Reader(builder, "customer_reader", persist, elsewhere => elsewhere.ReaderPassword);

    /// <summary>Authors' queries.</summary>
    public DatabaseRole CustomerAuthor { get; } = Reader(builder, "customer_author", persist, elsewhere => elsewhere.AuthorPassword);

    public IEnumerable<DatabaseRole> All =>
    [
        Keycloak, SupersetMeta, SupersetShared, Api, AuditMaintenance, CustomerOwner, CustomerLoader, CustomerReader, CustomerAuthor,
    ];

    private static DatabaseRole Role(IDistributedApplicationBuilder builder, string name, bool persist) =>
        new(name, builder.AddSecret($"db-{name.Replace('_', '-')}-password", persist));

    private static DatabaseRole Reader(IDistributedApplicationBuilder builder, string name, bool persist, Func<DatabaseElsewhere, string> password) =>
        DatabaseElsewhere.Of(builder) is { } elsewhere
            ? new(name, builder.AddParameter($"db-{name.Replace('_', '-')}-password", password(elsewhere), secret: true), IsReader: true)
            : Role(builder, name, persist) with { IsReader = true };
}
