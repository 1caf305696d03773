namespace EmbedStack.Tenants.Keycloak;

/// <summary>A person as Keycloak knows them.</summary>
internal sealed record KeycloakUser(string Id, string Username);
