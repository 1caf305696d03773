using System.Threading.RateLimiting;

namespace EmbedStack.Api.Http.RateLimits;

/// <summary>A place in a line of one's own and in everybody's, given back in the opposite order.</summary>
internal sealed class BothLeases(RateLimitLease own, RateLimitLease all) : IDisposable
{
    public void Dispose()
    {
        all.Dispose();
        own.Dispose();
    }
}
