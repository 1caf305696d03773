namespace EmbedStack.Api.Tenancy;

/// <summary>The product's roles, as Keycloak names them.</summary>
internal static class Roles
{
    public const string Admin = "admin";
    public const string Clinician = "clinician";
    public const string Staff = "staff";
    public const string Network = "network";

    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal) { Admin, Clinician, Staff, Network };
}
