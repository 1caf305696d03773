namespace EmbedStack.Api.Identity;

/// <summary>Marks an endpoint that takes a session as it is: signing out and the first paint must work while Keycloak is away.</summary>
internal sealed class UncheckedSession;
