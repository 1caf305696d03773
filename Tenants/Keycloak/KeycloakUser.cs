namespace EmbedStack.Tenants.Keycloak;

/// <summary>A person as Keycloak knows them.</summary>
/// <param name="Id">The subject of their tokens.</param>
/// <param name="Username">What they sign in with.</param>
/// <param name="MadeFor">The key of the tenant that this tool made them for; null where somebody else did.</param>
internal sealed record KeycloakUser(string Id, string Username, string? MadeFor = null);
