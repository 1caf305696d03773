using System.Threading.RateLimiting;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Exports;

/// <summary>Refuses who asks for files too often, or leaves too many unfetched.</summary>
internal sealed class ExportLimiter(ExportSettings settings) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly PartitionedRateLimiter<EdgeGuest> _limiter = PartitionedRateLimiter.CreateChained(
        AtOnce(guest => guest.Subject, settings.AtOnce),
        AtOnce(guest => guest.Tenant, Math.Max(settings.AtOnce, settings.AllAtOnce / 2)),
        AtOnce(_ => "", settings.AllAtOnce),
        PartitionedRateLimiter.Create<EdgeGuest, string>(guest => RateLimitPartition.GetTokenBucketLimiter(guest.Subject, _ => new()
        {
            TokenLimit = settings.Burst, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1) / settings.PerMinute, QueueLimit = 0,
        })));

    /// <summary>A place, until the file is fetched and it is disposed.</summary>
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

    private static PartitionedRateLimiter<EdgeGuest> AtOnce(Func<EdgeGuest, string> of, int most) =>
        PartitionedRateLimiter.Create<EdgeGuest, string>(guest => RateLimitPartition.GetConcurrencyLimiter(of(guest), _ => new() { PermitLimit = most, QueueLimit = 0 }));
}
