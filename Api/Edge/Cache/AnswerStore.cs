using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// The second level, which instances share. Without it each instance still has its own memory. Answers are sealed for their
/// key: whoever reads the store reads no rows, and whoever writes to it shows nobody another's.
/// </summary>
internal sealed class AnswerStore(IDistributedCache store, IDataProtectionProvider protection, ILogger<AnswerStore> logger, TimeSpan? patience = null)
{
    private const string Purpose = "EmbedStack.Edge.Answer.v1";
    private readonly StoreGuard _guard = new("The cache that instances share", logger, patience);

    public async Task<CachedAnswer?> FindAsync(CacheKey key)
    {
        if (await _guard.TryAsync(async token => await store.GetAsync(key.Text, token), null) is not { } found)
        {
            return null;
        }

        try
        {
            return CachedAnswer.Read(Protector(key).Unprotect(found));
        }
        catch (CryptographicException)
        {
            return null; // another's, or of keys that are gone
        }
    }

    public Task KeepAsync(CacheKey key, CachedAnswer answer) => _guard.TryAsync(
        async token =>
        {
            var sealedAnswer = Protector(key).Protect(answer.ToBytes());
            await store.SetAsync(key.Text, sealedAnswer, new DistributedCacheEntryOptions { AbsoluteExpiration = answer.UsableUntil }, token);
            return true;
        },
        false);

    private IDataProtector Protector(CacheKey key) => protection.CreateProtector(Purpose, key.Text);
}
