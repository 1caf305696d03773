using EmbedStack.Api.Revocations;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// Tokens to hand out again: to the same session for the same dashboards under the same rules and secrets, while at least
/// half the life is left and nothing of it was revoked since.
/// </summary>
internal sealed class GuestTokenMemo(GuestTokenSettings settings, IBrowserTokens tokens, TimeProvider time) : IDisposable
{
    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public GuestToken? Find(GuestTokenGrant grant, RevocationSet revocations) =>
        settings.Reuse
        && _tokens.TryGetValue(KeyOf(grant), out GuestToken? token)
        && token!.HasHalfItsLifeLeft(time.GetUtcNow())
        && (token.Id is not { } id || !revocations.IsTokenRevoked(id))
        && !revocations.RefusesToken(grant.Person, grant.Dashboards.Select(dashboard => dashboard.Key), token.SignedAt)
            ? token
            : null;

    public void Keep(GuestTokenGrant grant, GuestToken token)
    {
        if (settings.Reuse)
        {
            _tokens.Set(KeyOf(grant), token, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = settings.Lifetime });
        }
    }

    public void Dispose() => _tokens.Dispose();

    private object KeyOf(GuestTokenGrant grant) => (tokens.Generation, GuestTokenKey.Of(grant));
}
