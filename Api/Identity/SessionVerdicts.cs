using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Identity;

/// <summary>What Keycloak says about sessions. Their tokens are renewed in time, so that none ends within a verdict.</summary>
internal sealed class SessionVerdicts(KeycloakClient keycloak, IMemoryCache cache, TimeProvider time) : Verdicts<Guid>(cache, time)
{
    protected override Task<Introspection> AskAsync(string accessToken, CancellationToken cancellationToken) =>
        keycloak.IntrospectSessionAsync(accessToken, cancellationToken);
}
