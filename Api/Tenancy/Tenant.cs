namespace EmbedStack.Api.Tenancy;

/// <summary>A tenant's record, with the database and schema of its rows. Its key is also its organization's alias at Keycloak.</summary>
internal sealed record Tenant(string Key, string Name, TenantKind Kind, TenantIsolation Isolation, string Database, string Schema)
{
    /// <summary>The colour of the app for its people, <c>#rrggbb</c>; null is the product's own.</summary>
    public string? Accent { get; init; }
}
