using System.Threading.RateLimiting;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// Room for answers that are in memory for one browser alone, while it fetches them: a person has a quarter of it and a tenant
/// half, so that no tenant's slow readers take the others'. Nobody waits for it.
/// </summary>
internal sealed class SentRoom : IDisposable
{
    private const int Kilobyte = 1024;
    private const int Kilobytes = 64 * Kilobyte;
    private const int OfPerson = Kilobytes / 4;
    private const int OfTenant = Kilobytes / 2;
    private const int Free = 64;
    private readonly PartitionedRateLimiter<EdgeGuest> _own = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<EdgeGuest, string>(guest => RateLimitPartition.GetConcurrencyLimiter(guest.Subject, _ => At(OfPerson))),
        PartitionedRateLimiter.Create<EdgeGuest, string>(guest => RateLimitPartition.GetConcurrencyLimiter(guest.Tenant, _ => At(OfTenant))));

    private readonly ConcurrencyLimiter _all = new(At(Kilobytes));

    /// <summary>Room for so many bytes, until it is disposed; none where they are few.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public IDisposable? Enter(EdgeGuest guest, long bytes)
    {
        if (bytes <= Free * Kilobyte)
        {
            return null;
        }

        var needed = (int)Math.Min(bytes / Kilobyte, OfPerson);
        var own = _own.AttemptAcquire(guest, needed);
        if (!own.IsAcquired)
        {
            own.Dispose();
            throw new ProblemException(Problems.TooManyRequests);
        }

        var all = _all.AttemptAcquire(needed);
        if (!all.IsAcquired)
        {
            all.Dispose();
            own.Dispose();
            throw new ProblemException(Problems.SupersetBusy);
        }

        return new BothLeases(own, all);
    }

    public void Dispose()
    {
        _own.Dispose();
        _all.Dispose();
    }

    private static ConcurrencyLimiterOptions At(int kilobytes) => new() { PermitLimit = kilobytes, QueueLimit = 0 };
}
