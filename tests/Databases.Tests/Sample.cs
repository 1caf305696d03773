namespace EmbedStack.Databases.Tests;

/// <summary>What is of the demo product's in these tests: where its rows stand, and what its loader is told beyond databases.</summary>
internal static class Sample
{
    /// <summary>Where rows of some tenants stand: among others', in a schema of their own, in a database of their own.</summary>
    public static readonly (string Tenant, string Database, string Schema)[] Places =
        [("northside", "clinic", "clinic"), ("manly", "clinic", "clinic_manly"), ("hurstville", "clinic_hurstville", "clinic")];

    /// <summary>A table with rows of each of them.</summary>
    public const string Facts = "appointment_facts";

    /// <summary>Roles that more than reading is given: to make databases, and to pass row-level security.</summary>
    public static readonly (string[] MakeDatabases, string[] Unwalled) Privileged = (["clinic_owner"], ["clinic_loader"]);

    /// <summary>Who connects to a database with tenants' rows.</summary>
    public static readonly string[] Connecting = ["clinic_author", "clinic_loader", "clinic_owner", "clinic_reader"];

    public static (string Name, string? Value)[] LoadsBy(Databases databases) =>
    [
        ("ConnectionStrings__clinic-db-loader", databases.ConnectionString("clinic", "clinic_loader")),
        ("ClinicData__Scale", databases.Scale),
    ];
}
