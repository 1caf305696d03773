using System.Threading.RateLimiting;

namespace EmbedStack.Api.Http.RateLimits;

/// <summary>The limits that the Api counts by, each of them for everybody by themselves. Nobody waits in a queue.</summary>
internal static class Limiters
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>So many at the same time.</summary>
    public static PartitionedRateLimiter<T> AtOnce<T>(Func<T, string> of, int most) => PartitionedRateLimiter.Create<T, string>(
        asking => RateLimitPartition.GetConcurrencyLimiter(of(asking), _ => new() { PermitLimit = most, QueueLimit = 0 }));

    /// <summary>So many in a row, and so many in each period in the long run. Who has not come for a while is forgotten.</summary>
    public static PartitionedRateLimiter<T> Bucket<T>(Func<T, string> of, int burst, int perPeriod, TimeSpan period) => PartitionedRateLimiter.Create<T, string>(
        asking => RateLimitPartition.GetTokenBucketLimiter(of(asking), _ => new()
        {
            TokenLimit = burst, TokensPerPeriod = perPeriod, ReplenishmentPeriod = period, QueueLimit = 0,
        }));

    /// <summary>So many in each minute.</summary>
    public static PartitionedRateLimiter<string> PerMinute(int most) => PartitionedRateLimiter.Create<string, string>(
        asking => RateLimitPartition.GetFixedWindowLimiter(asking, _ => new() { PermitLimit = most, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    /// <summary>A place, until it is disposed.</summary>
    /// <exception cref="ProblemException">There is none, and when to ask again.</exception>
    public static IDisposable Enter<T>(this PartitionedRateLimiter<T> limiter, T asking)
    {
        var lease = limiter.AttemptAcquire(asking);
        if (lease.IsAcquired)
        {
            return lease;
        }

        using (lease)
        {
            throw new ProblemException(Problems.TooManyRequests with { RetryAfter = lease.Pause() });
        }
    }

    /// <summary>Whole seconds after which to ask again, one at least.</summary>
    public static TimeSpan Pause(this RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var told) && told > Second ? TimeSpan.FromSeconds(Math.Ceiling(told.TotalSeconds)) : Second;
}
