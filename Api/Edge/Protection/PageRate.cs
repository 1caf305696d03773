using System.Threading.RateLimiting;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// How many pages a network opens before it has a line of its own: they are nobody's, each costs Superset a rendering, and one
/// loop must not keep all clinics from opening theirs. An office is one network, and all are one behind a proxy that is not trusted:
/// nobody is refused by this alone.
/// </summary>
internal sealed class PageRate(EdgeLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = Limiters.Bucket<string>(
        network => network, limits.NetworkPages, 1, TimeSpan.FromMinutes(1) / limits.NetworkPagesPerMinute);

    /// <returns>The line of <see cref="SupersetQueue"/> in which the page waits.</returns>
    public string LineOf(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(Networks.Of(context));
        return lease.IsAcquired ? SupersetQueue.Pages : SupersetQueue.PagesBeyondRate;
    }

    public void Dispose() => _limiter.Dispose();
}
