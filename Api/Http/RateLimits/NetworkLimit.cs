using System.Threading.RateLimiting;

namespace EmbedStack.Api.Http.RateLimits;

/// <summary>
/// Bounds how often a network may come with what turns out to be nothing. What is good is not counted: many good callers may
/// share a network.
/// </summary>
internal abstract class NetworkLimit(int perMinute) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = Limiters.PerMinute(perMinute);

    public bool IsReached(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(Networks.Of(context), permitCount: 0);
        return !lease.IsAcquired;
    }

    public void CountRefusal(HttpContext context) => _limiter.AttemptAcquire(Networks.Of(context)).Dispose();

    public void Dispose() => _limiter.Dispose();
}
