using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Identity.Bearer;

/// <summary>Of access tokens that the realm signed and no longer vouches for: each costs it a question.</summary>
internal sealed class BearerLimit() : NetworkLimit(perMinute: 60);
