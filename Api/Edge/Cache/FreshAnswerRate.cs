using System.Threading.RateLimiting;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// How often a data identity may ask past the caches. Beyond that it gets what everybody gets: the page cannot tell
/// anything else from a failure.
/// </summary>
internal sealed class FreshAnswerRate(EdgeCacheSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = Limiters.Bucket<string>(
        identity => identity, settings.FreshAnswersPerMinute, settings.FreshAnswersPerMinute, TimeSpan.FromMinutes(1));

    public bool Allows(string dataIdentity)
    {
        using var lease = _limiter.AttemptAcquire(dataIdentity);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
