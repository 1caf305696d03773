using System.Threading.RateLimiting;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// The line in front of Superset. A tenant waits in a line of its own until it is within its share, and only then in the
/// common one: behind a tenant's storm the others find a few of its requests and not all. What is nobody's does the same by
/// network.
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

    private const int Networks = 4; // that may fill a line of nobody's together
    private const int First = 4; // of a network, which find a place in line where others fill it

    private readonly PartitionedRateLimiter<(string Line, string Network)> _networks =
        PartitionedRateLimiter.Create<(string Line, string Network), (string Line, string Network)>(own => RateLimitPartition.GetConcurrencyLimiter(own, of => of.Line switch
        {
            Pages => Line(MostOf(limits.PagesOfSuperset), Math.Max(1, limits.PagesWaiting / Networks)),
            Assets => Line(MostOf(limits.AssetsOfSuperset), Math.Max(1, limits.TenantWaiting / Networks)),
            _ => Line(1, Math.Max(1, limits.TenantWaiting / Networks)),
        }));

    // Lines of networks are as many as there are networks: what waits in all of them is bounded here. A quarter is for
    // networks which have next to nothing in line: a few that have much do not keep all others out.
    private readonly PartitionedRateLimiter<string> _firsts = PartitionedRateLimiter.CreateChained(
        Limiters.AtOnce<string>(network => network, First),
        Limiters.AtOnce<string>(_ => "", NobodysOf(limits) / 4));

    private readonly ConcurrencyLimiter _nobodys = new(new() { PermitLimit = NobodysOf(limits) - (NobodysOf(limits) / 4), QueueLimit = 0 });

    private readonly PartitionedRateLimiter<string> _lines = PartitionedRateLimiter.Create<string, string>(own =>
        RateLimitPartition.GetConcurrencyLimiter(own, line => line switch
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
    /// <param name="line">Whose request it is: a tenant; for what is nobody's, anything that no tenant's key can be.</param>
    /// <param name="network">Of what is nobody's, whence it comes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">Too many wait already, or it took too long.</exception>
    public async Task<IDisposable> EnterAsync(string line, string? network, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Patience);
        Interlocked.Increment(ref _waiting);
        var turn = new Turn();
        try
        {
            if (network is not null)
            {
                turn.Take(AttemptNobodys(network));
                turn.Take(await _networks.AcquireAsync((line, network), 1, patience.Token));
            }

            turn.Take(await _lines.AcquireAsync(line, 1, patience.Token));
            turn.Take(await _all.AcquireAsync(1, patience.Token));
            return turn;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            turn.Dispose();
            throw new ProblemException(Problems.SupersetBusy, exception);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The same for a tenant's own.</summary>
    /// <exception cref="ProblemException">Too many wait already, or it took too long.</exception>
    public Task<IDisposable> EnterAsync(string tenant, CancellationToken cancellationToken) => EnterAsync(tenant, network: null, cancellationToken);

    public void Dispose()
    {
        _networks.Dispose();
        _firsts.Dispose();
        _nobodys.Dispose();
        _lines.Dispose();
        _all.Dispose();
    }

    private RateLimitLease AttemptNobodys(string network)
    {
        var first = _firsts.AttemptAcquire(network);
        if (first.IsAcquired)
        {
            return first;
        }

        first.Dispose();
        return _nobodys.AttemptAcquire();
    }

    private static int NobodysOf(EdgeLimits limits) => limits.Superset + limits.PagesWaiting;

    private static ConcurrencyLimiterOptions Line(int at, int waiting) =>
        new() { PermitLimit = at, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };

    // The others find a turn even while one network has all that it may have.
    private static int MostOf(int turns) => Math.Max(1, turns * 3 / 4);

    /// <summary>Places in several lines, given back in the opposite order.</summary>
    private sealed class Turn : IDisposable
    {
        private readonly Stack<RateLimitLease> _places = new();

        public void Take(RateLimitLease place)
        {
            _places.Push(place);
            if (!place.IsAcquired)
            {
                throw new ProblemException(Problems.SupersetBusy);
            }
        }

        public void Dispose()
        {
            foreach (var place in _places)
            {
                place.Dispose();
            }
        }
    }
}
