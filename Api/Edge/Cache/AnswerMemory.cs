using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// The first level: this instance's memory, bounded in bytes. Beyond that the tenant that has most gives up what it asked
/// for longest ago: nobody's questions, however many, take the others' answers away.
/// </summary>
internal sealed class AnswerMemory(EdgeCacheSettings settings) : IDisposable
{
    private const int Overhead = 512; // key, entry and what the cache itself needs
    private const double GivenUp = 0.1;
    private readonly ConcurrentDictionary<string, Lazy<MemoryCache>> _tenants = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public long Bytes => _tenants.Values.Sum(tenant => SizeOf(tenant.Value));

    public CachedAnswer? Find(CacheKey key) => _tenants.TryGetValue(key.Tenant, out var tenant) ? tenant.Value.Get<CachedAnswer>(key.Text) : null;

    /// <returns>False where a newer answer is kept already: whoever asked longer must not take it back.</returns>
    public bool Keep(CacheKey key, CachedAnswer answer)
    {
        var own = _tenants.GetOrAdd(key.Tenant, _ => new(New)).Value;
        lock (_lock)
        {
            if (own.Get<CachedAnswer>(key.Text) is { } kept && kept.FilledAt > answer.FilledAt)
            {
                return false;
            }

            own.Set(key.Text, answer, new MemoryCacheEntryOptions { Size = answer.Body.Length + Overhead, AbsoluteExpiration = answer.UsableUntil });
            Shrink();
            return true;
        }
    }

    public void Clear()
    {
        foreach (var tenant in _tenants.Values)
        {
            tenant.Value.Clear();
        }
    }

    public void Dispose()
    {
        foreach (var tenant in _tenants.Values)
        {
            tenant.Value.Dispose();
        }
    }

    private void Shrink()
    {
        while (Bytes > settings.MemoryBytes && _tenants.Values.MaxBy(tenant => SizeOf(tenant.Value)) is { } largest)
        {
            largest.Value.Compact(GivenUp + (1.0 / Math.Max(1, largest.Value.Count))); // one answer at least
        }
    }

    private MemoryCache New() => new(Options.Create(new MemoryCacheOptions
    {
        SizeLimit = settings.MemoryBytes, CompactionPercentage = GivenUp, TrackStatistics = true,
    }));

    private static long SizeOf(MemoryCache tenant) => tenant.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;
}
