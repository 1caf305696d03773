using System.Threading.RateLimiting;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Exports;

/// <summary>Refuses who asks for files too often, or leaves too many unfetched.</summary>
internal sealed class ExportLimiter(ExportSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<EdgeGuest> _limiter = PartitionedRateLimiter.CreateChained(
        Limiters.AtOnce<EdgeGuest>(guest => guest.Subject, settings.AtOnce),
        Limiters.AtOnce<EdgeGuest>(guest => guest.Tenant, Math.Max(settings.AtOnce, settings.AllAtOnce / 2)),
        Limiters.AtOnce<EdgeGuest>(_ => "", settings.AllAtOnce),
        Limiters.Bucket<EdgeGuest>(guest => guest.Subject, settings.Burst, 1, TimeSpan.FromMinutes(1) / settings.PerMinute));

    /// <summary>A place, until the file is fetched and it is disposed.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public IDisposable Enter(EdgeGuest guest) => _limiter.Enter(guest);

    public void Dispose() => _limiter.Dispose();
}
