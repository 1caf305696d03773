using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>The first level: this instance's memory, bounded in bytes; what was not asked for longest goes first.</summary>
internal sealed class AnswerMemory(EdgeCacheSettings settings) : IDisposable
{
    private const int Overhead = 512; // key, entry and what the cache itself needs
    private readonly MemoryCache _answers = new(Options.Create(new MemoryCacheOptions
    {
        SizeLimit = settings.MemoryBytes, CompactionPercentage = 0.1, TrackStatistics = true,
    }));

    public long Bytes => _answers.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    public CachedAnswer? Find(CacheKey key) => _answers.Get<CachedAnswer>(key.Text);

    public void Keep(CacheKey key, CachedAnswer answer) => _answers.Set(
        key.Text, answer, new MemoryCacheEntryOptions { Size = answer.Body.Length + Overhead, AbsoluteExpiration = answer.UsableUntil });

    public void Clear() => _answers.Clear();

    public void Dispose() => _answers.Dispose();
}
