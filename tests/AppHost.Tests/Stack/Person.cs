namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>A demo user of the realm, and whose rows that user may see.</summary>
/// <param name="Tenant">The tenant's key.</param>
/// <param name="Clinic">The tenant's name.</param>
/// <param name="Name">The user name's first part, which names the role and tells colleagues apart.</param>
/// <param name="Role">The role in the product.</param>
/// <param name="StaffId">The staff member that a clinician is, else empty.</param>
public sealed record Person(string Tenant, string Clinic, string Name, string Role, string StaffId = "")
{
    public static readonly Person NorthsideAdministrator = Administrator("northside", "Northside Specialist Clinic");
    public static readonly Person NorthsideClinician = Clinician("northside", "Northside Specialist Clinic");
    public static readonly Person NorthsideOtherClinician = NorthsideClinician with { Name = "clinician-2", StaffId = "northside-02" };
    public static readonly Person NorthsideStaff = Staff("northside", "Northside Specialist Clinic");
    public static readonly Person HarbourAdministrator = Administrator("harbour", "Harbour Day Surgery");
    public static readonly Person HarbourClinician = Clinician("harbour", "Harbour Day Surgery");
    public static readonly Person HarbourStaff = Staff("harbour", "Harbour Day Surgery");
    public static readonly Person ManlyAdministrator = Administrator("manly", "Manly Skin and Dermatology");
    public static readonly Person ManlyClinician = Clinician("manly", "Manly Skin and Dermatology");
    public static readonly Person ManlyOtherClinician = ManlyClinician with { Name = "clinician-2", StaffId = "manly-02" };
    public static readonly Person ManlyStaff = Staff("manly", "Manly Skin and Dermatology");
    public static readonly Person HurstvilleAdministrator = Administrator("hurstville", "Hurstville Orthopaedics");
    public static readonly Person HurstvilleClinician = Clinician("hurstville", "Hurstville Orthopaedics");
    public static readonly Person HurstvilleOtherClinician = HurstvilleClinician with { Name = "clinician-2", StaffId = "hurstville-02" };
    public static readonly Person HurstvilleStaff = Staff("hurstville", "Hurstville Orthopaedics");
    public static readonly Person WollongongAdministrator = Administrator("wollongong", "Illawarra Specialist Centre");
    public static readonly Person PenrithAdministrator = Administrator("penrith", "Penrith Women's Health");
    public static readonly Person Leadership = new("sydney-network", "Sydney Specialist Network", "network", "network");

    public string UserName => $"{Name}@{Tenant}.example";

    public string PasswordParameter => $"{Tenant}-{Name}-password";

    /// <summary>What Superset knows of a person.</summary>
    public string Identity => StaffId.Length > 0 ? $"{Tenant}/{Role}/{StaffId}" : $"{Tenant}/{Role}";

    public static TheoryData<string> Tenants => [NorthsideAdministrator.Tenant, HarbourAdministrator.Tenant];

    public static Person AdministratorOf(string tenant) =>
        new[] { NorthsideAdministrator, HarbourAdministrator }.Single(p => p.Tenant == tenant);

    public override string ToString() => UserName;

    private static Person Administrator(string tenant, string clinic) => new(tenant, clinic, "admin", "admin");

    private static Person Clinician(string tenant, string clinic) => new(tenant, clinic, "clinician", "clinician", $"{tenant}-01");

    private static Person Staff(string tenant, string clinic) => new(tenant, clinic, "staff", "staff");
}
