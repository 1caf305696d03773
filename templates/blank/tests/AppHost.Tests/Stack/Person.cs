namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>A demo user of the realm, and whose rows that user may see.</summary>
/// <param name="Tenant">The tenant's key.</param>
/// <param name="Customer">The tenant's name.</param>
/// <param name="Name">The user name's first part, which names the role.</param>
/// <param name="Role">The role in the product.</param>
public sealed record Person(string Tenant, string Customer, string Name, string Role)
{
    public static readonly Person NorthsideAdministrator = Administrator("northside", "Northside");
    public static readonly Person NorthsideStaff = Staff("northside", "Northside");
    public static readonly Person HarbourAdministrator = Administrator("harbour", "Harbour");
    public static readonly Person HarbourStaff = Staff("harbour", "Harbour");
    public static readonly Person Leadership = new("head-office", "Head office", "network", "network");

    public string UserName => $"{Name}@{Tenant}.example";

    public string PasswordParameter => $"{Tenant}-{Name}-password";

    /// <summary>What Superset knows of a person.</summary>
    public string Identity => $"{Tenant}/{Role}";

    public static TheoryData<string> Tenants => [NorthsideAdministrator.Tenant, HarbourAdministrator.Tenant];

    public static Person AdministratorOf(string tenant) =>
        new[] { NorthsideAdministrator, HarbourAdministrator }.Single(p => p.Tenant == tenant);

    public override string ToString() => UserName;

    private static Person Administrator(string tenant, string customer) => new(tenant, customer, "admin", "admin");

    private static Person Staff(string tenant, string customer) => new(tenant, customer, "staff", "staff");
}
