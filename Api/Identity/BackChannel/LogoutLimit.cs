using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>Of logout tokens that are not Keycloak's. Ending all sessions of a realm is many good ones at once.</summary>
internal sealed class LogoutLimit() : NetworkLimit(perMinute: 60);
