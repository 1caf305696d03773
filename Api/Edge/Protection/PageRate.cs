using System.Threading.RateLimiting;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// How many pages a network opens before it has a line of its own: they are nobody's, each costs Superset a rendering, and one
/// loop must not keep all clinics from opening theirs. An office is one network, and all are one behind a proxy that is not trusted:
/// nobody is refused by this alone.
/// </summary>
internal sealed class PageRate(EdgeLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
        network => RateLimitPartition.GetTokenBucketLimiter(network, _ => new()
        {
            TokenLimit = limits.NetworkPages, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1) / limits.NetworkPagesPerMinute, QueueLimit = 0,
        }));

    /// <returns>The line of <see cref="SupersetQueue"/> in which the page waits.</returns>
    public string LineOf(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(Networks.Of(context.Connection.RemoteIpAddress) ?? "nowhere");
        return lease.IsAcquired ? SupersetQueue.Pages : SupersetQueue.PagesBeyondRate;
    }

    public void Dispose() => _limiter.Dispose();
}
