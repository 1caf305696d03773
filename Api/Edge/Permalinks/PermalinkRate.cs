using System.Threading.RateLimiting;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Permalinks;

/// <summary>How many permalinks a person may make: what is kept for a year must not be filled by one.</summary>
internal sealed class PermalinkRate : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly PartitionedRateLimiter<EdgeGuest> _limiter = Limiters.Bucket<EdgeGuest>(guest => guest.Subject, 30, 1, Pause);

    /// <exception cref="ProblemException">Too many.</exception>
    public void Count(EdgeGuest guest)
    {
        using var lease = _limiter.AttemptAcquire(guest);
        if (!lease.IsAcquired)
        {
            throw new ProblemException(Problems.TooManyRequests with { RetryAfter = Pause });
        }
    }

    public void Dispose() => _limiter.Dispose();
}
