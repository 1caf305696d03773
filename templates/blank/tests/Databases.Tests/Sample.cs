namespace EmbedStack.Databases.Tests;

/// <summary>What is of the product's own tables in these tests: where rows stand, and what the loader is told beyond databases.</summary>
internal static class Sample
{
    /// <summary>Where rows of some tenants stand: among others'.</summary>
    public static readonly (string Tenant, string Database, string Schema)[] Places = [("northside", "customer", "customer"), ("harbour", "customer", "customer")];

    /// <summary>A table with rows of each of them.</summary>
    public const string Facts = "orders";

    /// <summary>Roles that more than reading is given: to make databases, and to pass row-level security.</summary>
    public static readonly (string[] MakeDatabases, string[] Unwalled) Privileged = ([], []);

    /// <summary>Who connects to the database with tenants' rows.</summary>
    public static readonly string[] Connecting = ["customer_author", "customer_owner", "customer_reader"];

    public static (string Name, string? Value)[] LoadsBy(Databases databases) =>
    [
        ("ConnectionStrings__customer-db-reader", databases.ConnectionString("customer", "customer_reader")),
        ("ConnectionStrings__customer-db-author", databases.ConnectionString("customer", "customer_author")),
        ("CustomerData__Schema", "customer"),
    ];
}
