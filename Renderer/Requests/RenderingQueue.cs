using System.Threading.RateLimiting;

namespace EmbedStack.Renderer.Requests;

/// <summary>
/// The line in front of the browser: so many at once, so many waiting, and nobody for long. One tenant has all turns but one
/// at most: what it waits for is its own renderings.
/// </summary>
internal sealed class RenderingQueue(RenderingLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _tenants = PartitionedRateLimiter.Create<string, string>(
        tenant => RateLimitPartition.GetConcurrencyLimiter(tenant, _ => Line(Math.Max(1, limits.Concurrent - 1), limits)));

    private readonly ConcurrencyLimiter _all = new(Line(limits.Concurrent, limits));

    /// <summary>Waits for a turn, which lasts until it is disposed.</summary>
    /// <exception cref="RenderingException">Too many wait already, or it took too long.</exception>
    public async Task<IDisposable> EnterAsync(string tenant, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Patience);
        RateLimitLease? own = null, turn = null;
        try
        {
            own = await _tenants.AcquireAsync(tenant, 1, patience.Token);
            turn = own.IsAcquired ? await _all.AcquireAsync(1, patience.Token) : null;
            return turn is { IsAcquired: true } ? new Turn(own, turn) : throw new RenderingException(StopReason.Busy);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RenderingException(StopReason.Busy, exception);
        }
        finally
        {
            if (turn is not { IsAcquired: true })
            {
                own?.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _tenants.Dispose();
        _all.Dispose();
    }

    private static ConcurrencyLimiterOptions Line(int atOnce, RenderingLimits limits) =>
        new() { PermitLimit = atOnce, QueueLimit = limits.Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };

    private sealed class Turn(RateLimitLease own, RateLimitLease turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Dispose();
            own.Dispose();
        }
    }
}
