using System.Threading.RateLimiting;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// The line in front of Superset. A tenant waits in a line of its own until it is within its share, and only then in the
/// common one: behind a tenant's storm the others find a few of its requests and not all.
/// </summary>
internal sealed class SupersetQueue(EdgeLimits limits) : IDisposable
{
    // No tenant's key holds a space.

    /// <summary>The line of pages, which are nobody's.</summary>
    public const string Pages = "nobody's pages";

    /// <summary>That of pages of networks which open very many.</summary>
    public const string PagesBeyondRate = "nobody's pages beyond the rate";

    /// <summary>That of assets that are not kept here.</summary>
    public const string Assets = "nobody's assets";

    private readonly PartitionedRateLimiter<string> _tenants = PartitionedRateLimiter.Create<string, string>(tenant =>
        RateLimitPartition.GetConcurrencyLimiter(tenant, line => line switch
        {
            Pages => Line(limits.PagesOfSuperset, limits.PagesWaiting),
            PagesBeyondRate => Line(1, limits.TenantWaiting),
            Assets => Line(limits.AssetsOfSuperset, limits.TenantWaiting),
            _ => Line(limits.TenantOfSuperset, limits.TenantWaiting),
        }));

    private readonly ConcurrencyLimiter _all = new(Line(limits.Superset, limits.Waiting));
    private int _waiting;

    /// <summary>Requests that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Requests that Superset works on.</summary>
    public int Working => limits.Superset - (int)(_all.GetStatistics()?.CurrentAvailablePermits ?? limits.Superset);

    /// <summary>Waits for a turn, which lasts until it is disposed.</summary>
    /// <param name="tenant">Whose request it is; for what is nobody's, anything that no tenant's key can be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">Too many wait already, or it took too long.</exception>
    public async Task<IDisposable> EnterAsync(string tenant, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Patience);
        Interlocked.Increment(ref _waiting);
        var own = default(RateLimitLease);
        try
        {
            own = await _tenants.AcquireAsync(tenant, 1, patience.Token);
            var all = own.IsAcquired ? await _all.AcquireAsync(1, patience.Token) : own;
            if (all.IsAcquired)
            {
                var turn = new BothLeases(own, all);
                own = null;
                return turn;
            }

            throw new ProblemException(Problems.SupersetBusy);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(Problems.SupersetBusy, exception);
        }
        finally
        {
            own?.Dispose();
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose()
    {
        _tenants.Dispose();
        _all.Dispose();
    }

    private static ConcurrencyLimiterOptions Line(int at, int waiting) =>
        new() { PermitLimit = at, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
