using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Identity.Bearer;

/// <summary>What Keycloak says about callers' tokens, kept under their hashes in a bounded cache of their own.</summary>
internal sealed class BearerVerdicts(KeycloakClient keycloak, TimeProvider time)
    : Verdicts<string>(new MemoryCache(new MemoryCacheOptions { SizeLimit = MostTokens }), time)
{
    private const int MostTokens = 10_000;

    public Task<Introspection> GetAsync(string accessToken, CancellationToken cancellationToken) =>
        GetAsync(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken))), accessToken, cancellationToken);

    protected override Task<Introspection> AskAsync(string accessToken, CancellationToken cancellationToken) =>
        keycloak.IntrospectBearerAsync(accessToken, cancellationToken);

    protected override Introspection Unexpired(Introspection verdict, DateTimeOffset now) =>
        verdict.ExpiresAt > now ? verdict : Introspection.Inactive;
}
