namespace EmbedStack.Api.Tenancy;

/// <summary>A tenant's record, with the database and schema of its rows. Its key is also its organization's alias at Keycloak.</summary>
internal sealed record Tenant(string Key, string Name, TenantKind Kind, TenantIsolation Isolation, string Database, string Schema);
