using System.Threading.RateLimiting;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// Assets that are whole in memory while somebody fetches them, so that nobody holds a turn of Superset's by being slow: so many of one
/// network, so many in all. Whoever comes beyond that holds a turn, which a network has few of.
/// </summary>
internal sealed class HeldAssets : IDisposable
{
    /// <summary>Bytes that one may have.</summary>
    public const int Largest = 1024 * 1024;

    private const int OfNetwork = 8;
    private const int All = 32;
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.CreateChained(
        Limiters.AtOnce<string>(network => network, OfNetwork), Limiters.AtOnce<string>(_ => "", All));

    /// <returns>A place, until it is disposed; null where there is none.</returns>
    public IDisposable? TryEnter(string network)
    {
        var place = _limiter.AttemptAcquire(network);
        if (place.IsAcquired)
        {
            return place;
        }

        place.Dispose();
        return null;
    }

    public void Dispose() => _limiter.Dispose();
}
