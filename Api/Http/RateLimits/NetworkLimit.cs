using System.Threading.RateLimiting;

namespace EmbedStack.Api.Http.RateLimits;

/// <summary>
/// Bounds how often a network may come with what turns out to be nothing. What is good is not counted: many good callers may
/// share a network.
/// </summary>
internal abstract class NetworkLimit(int perMinute) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(network =>
        RateLimitPartition.GetFixedWindowLimiter(network, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    public bool IsReached(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(NetworkOf(context), permitCount: 0);
        return !lease.IsAcquired;
    }

    public void CountRefusal(HttpContext context) => _limiter.AttemptAcquire(NetworkOf(context)).Dispose();

    public void Dispose() => _limiter.Dispose();

    private static string NetworkOf(HttpContext context) => Networks.Of(context.Connection.RemoteIpAddress) ?? "nowhere";
}
