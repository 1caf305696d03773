namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>A demo person of the realm.</summary>
internal sealed record Person(string Tenant, string Clinic, string UserName, string PasswordParameter)
{
    public static readonly Person NorthsideAdministrator = new("northside", "Northside Specialist Clinic", "admin@northside.example", "northside-admin-password");

    public static readonly Person HarbourAdministrator = new("harbour", "Harbour Day Surgery", "admin@harbour.example", "harbour-admin-password");

    public static TheoryData<string> Tenants => [NorthsideAdministrator.Tenant, HarbourAdministrator.Tenant];

    public static Person AdministratorOf(string tenant) =>
        new[] { NorthsideAdministrator, HarbourAdministrator }.Single(p => p.Tenant == tenant);
}
