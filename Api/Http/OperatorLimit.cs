using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Http;

/// <summary>Of wrong operator keys. The stack's own commands, which have the right one, share their network with whoever tries.</summary>
internal sealed class OperatorLimit() : NetworkLimit(perMinute: 60);
