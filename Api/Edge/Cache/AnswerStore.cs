using Microsoft.Extensions.Caching.Distributed;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>The second level, which instances share. Without it each instance still has its own memory.</summary>
internal sealed class AnswerStore(IDistributedCache store, ILogger<AnswerStore> logger)
{
    private readonly StoreGuard _guard = new("The cache that instances share", logger);

    public async Task<CachedAnswer?> FindAsync(CacheKey key) =>
        await _guard.TryAsync(async token => await store.GetAsync(key.Text, token), null) is { } bytes ? CachedAnswer.Read(bytes) : null;

    public Task KeepAsync(CacheKey key, CachedAnswer answer) => _guard.TryAsync(
        async token =>
        {
            await store.SetAsync(key.Text, answer.ToBytes(), new DistributedCacheEntryOptions { AbsoluteExpiration = answer.UsableUntil }, token);
            return true;
        },
        false);
}
