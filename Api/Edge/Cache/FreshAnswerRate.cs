using System.Threading.RateLimiting;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// How often a data identity may ask past the caches. Beyond that it gets what everybody gets: the page cannot tell
/// anything else from a failure.
/// </summary>
internal sealed class FreshAnswerRate(EdgeCacheSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(identity =>
        RateLimitPartition.GetTokenBucketLimiter(identity, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.FreshAnswersPerMinute,
            TokensPerPeriod = settings.FreshAnswersPerMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            AutoReplenishment = true,
        }));

    public bool Allows(string dataIdentity)
    {
        using var lease = _limiter.AttemptAcquire(dataIdentity);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
