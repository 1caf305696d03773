using System.Threading.RateLimiting;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>Refuses what a person or a tenant asks too often, or too much of at once. Nobody waits here.</summary>
internal sealed class GuestLimiter(EdgeLimits limits) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly PartitionedRateLimiter<EdgeGuest> _limiter = PartitionedRateLimiter.CreateChained(
        Rate(guest => guest.Subject, limits.PersonBurst, limits.PersonPerSecond),
        Rate(guest => guest.Tenant, limits.TenantBurst, limits.TenantPerSecond),
        AtOnce(guest => guest.Subject, limits.PersonConcurrent),
        AtOnce(guest => guest.Tenant, limits.TenantConcurrent));

    /// <summary>A place, until it is disposed.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public IDisposable Enter(EdgeGuest guest)
    {
        var lease = _limiter.AttemptAcquire(guest);
        if (lease.IsAcquired)
        {
            return lease;
        }

        var pause = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) && told > Second ? told : Second;
        lease.Dispose();
        throw new ProblemException(Problems.TooManyRequests with { RetryAfter = TimeSpan.FromSeconds(Math.Ceiling(pause.TotalSeconds)) });
    }

    public void Dispose() => _limiter.Dispose();

    private static PartitionedRateLimiter<EdgeGuest> Rate(Func<EdgeGuest, string> of, int burst, int perSecond) =>
        PartitionedRateLimiter.Create<EdgeGuest, string>(guest => RateLimitPartition.GetTokenBucketLimiter(of(guest), _ => new()
        {
            TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = Second, QueueLimit = 0,
        }));

    private static PartitionedRateLimiter<EdgeGuest> AtOnce(Func<EdgeGuest, string> of, int most) =>
        PartitionedRateLimiter.Create<EdgeGuest, string>(guest => RateLimitPartition.GetConcurrencyLimiter(
            of(guest), _ => new() { PermitLimit = most, QueueLimit = 0 }));
}
