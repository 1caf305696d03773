using System.Threading.RateLimiting;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// Bounds how many bodies are read of which nobody knows yet whose they are: an export's form has its token within. So many
/// of one network, so many in all; others wait, unread.
/// </summary>
internal sealed class FormReaders : IDisposable
{
    private const int OfNetwork = 16;
    private const int All = 64;
    private const int Waiting = 256;
    private readonly PartitionedRateLimiter<string> _networks = PartitionedRateLimiter.Create<string, string>(network =>
        RateLimitPartition.GetConcurrencyLimiter(network, _ => Line(OfNetwork)));

    private readonly ConcurrencyLimiter _all = new(Line(All));

    /// <summary>Waits for a turn to read, which lasts until it is disposed.</summary>
    /// <exception cref="ProblemException">Too many wait already.</exception>
    public async Task<IDisposable> EnterAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var own = await _networks.AcquireAsync(Networks.Of(context), 1, cancellationToken);
        var all = default(RateLimitLease);
        try
        {
            all = own.IsAcquired ? await _all.AcquireAsync(1, cancellationToken) : null;
            return all is { IsAcquired: true } ? new BothLeases(own, all) : throw new ProblemException(Problems.TooManyRequests);
        }
        catch
        {
            all?.Dispose();
            own.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _networks.Dispose();
        _all.Dispose();
    }

    private static ConcurrencyLimiterOptions Line(int at) =>
        new() { PermitLimit = at, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
