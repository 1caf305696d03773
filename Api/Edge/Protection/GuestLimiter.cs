using System.Threading.RateLimiting;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>Refuses what a person or a tenant asks too often, or too much of at once. Nobody waits here.</summary>
internal sealed class GuestLimiter(EdgeLimits limits) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly PartitionedRateLimiter<EdgeGuest> _limiter = PartitionedRateLimiter.CreateChained(
        Limiters.Bucket<EdgeGuest>(guest => guest.Subject, limits.PersonBurst, limits.PersonPerSecond, Second),
        Limiters.Bucket<EdgeGuest>(guest => guest.Tenant, limits.TenantBurst, limits.TenantPerSecond, Second),
        Limiters.AtOnce<EdgeGuest>(guest => guest.Subject, limits.PersonConcurrent),
        Limiters.AtOnce<EdgeGuest>(guest => guest.Tenant, limits.TenantConcurrent));

    /// <summary>A place, until it is disposed.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public IDisposable Enter(EdgeGuest guest) => _limiter.Enter(guest);

    public void Dispose() => _limiter.Dispose();
}
