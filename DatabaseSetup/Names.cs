namespace EmbedStack.DatabaseSetup;

/// <summary>The databases and roles of the server.</summary>
internal static class Names
{
    public const string Keycloak = "keycloak";
    public const string Superset = "superset";
    public const string EmbedStack = "embedstack";
    public const string Clinic = "clinic";

    /// <summary>What the databases of tenants who have one of their own are copied from.</summary>
    public const string ClinicTemplate = "clinic_template";

    public static readonly IReadOnlyList<string> Databases = [Keycloak, Superset, EmbedStack, Clinic, ClinicTemplate];

    public static readonly IReadOnlyList<string> Roles =
    [
        "keycloak", "superset_meta", "superset_shared", "api", "audit_maintenance",
        "clinic_owner", "clinic_loader", "clinic_reader", "clinic_author",
    ];
}
