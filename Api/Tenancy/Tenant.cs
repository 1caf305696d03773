namespace EmbedStack.Api.Tenancy;

/// <summary>A tenant's record. Its key is also its organization's alias at Keycloak.</summary>
internal sealed record Tenant(string Key, string Name, TenantKind Kind, TenantIsolation Isolation);
