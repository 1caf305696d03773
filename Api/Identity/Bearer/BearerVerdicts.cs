using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Http;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Identity.Bearer;

/// <summary>
/// What Keycloak says about callers' tokens, kept under their hashes in a bounded cache of their own. What the realm did not
/// sign is neither asked about nor kept.
/// </summary>
internal sealed class BearerVerdicts(KeycloakClient keycloak, BearerSignature signature, BearerLimit limit, TimeProvider time)
    : Verdicts<string>(new MemoryCache(new MemoryCacheOptions { SizeLimit = MostTokens }), time)
{
    private const int MostTokens = 10_000;

    /// <exception cref="ProblemException">Keycloak is away, or too many tokens of this network were over.</exception>
    public async Task<Introspection> GetAsync(string accessToken, HttpContext context)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken)));
        var (isFresh, isActive) = Known(key);
        if (isFresh)
        {
            return await GetAsync(key, accessToken, context.RequestAborted);
        }

        if (!await signature.IsRealmsAsync(accessToken, context.RequestAborted))
        {
            return Introspection.Inactive;
        }

        // A token that was refused is as good as a new one: who goes on showing it is asked about no more often.
        if (!isActive && limit.IsReached(context))
        {
            throw new ProblemException(Problems.TooManyTokens);
        }

        var verdict = await GetAsync(key, accessToken, context.RequestAborted);
        if (!verdict.Active)
        {
            limit.CountRefusal(context);
        }

        return verdict;
    }

    protected override Task<Introspection> AskAsync(string accessToken, CancellationToken cancellationToken) =>
        keycloak.IntrospectBearerAsync(accessToken, cancellationToken);

    protected override Introspection Unexpired(Introspection verdict, DateTimeOffset now) =>
        verdict.ExpiresAt > now ? verdict : Introspection.Inactive;
}
