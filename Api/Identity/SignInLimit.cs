using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Identity;

/// <summary>Of sign-ins that come back from Keycloak with nothing that it takes: each costs it a question.</summary>
internal sealed class SignInLimit() : NetworkLimit(perMinute: 120);
