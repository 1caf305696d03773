namespace EmbedStack.Tenants.Keycloak;

/// <summary>A tenant as Keycloak knows it.</summary>
internal sealed record Organization(string Id, string Alias, string Name, bool Enabled);
