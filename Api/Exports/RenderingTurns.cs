using System.Threading.RateLimiting;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Exports;

/// <summary>
/// One rendering of a person and a few of a tenant at once, so that the renderer's line, where tenants take turns, stays short.
/// Each instance counts for itself.
/// </summary>
internal sealed class RenderingTurns : IDisposable
{
    private const int OfTenant = 3;
    private readonly PartitionedRateLimiter<Person> _persons = Limiters.AtOnce<Person>(person => person.Subject, 1);
    private readonly PartitionedRateLimiter<Person> _tenants = Limiters.AtOnce<Person>(person => person.Tenant.Key, OfTenant);
    private readonly PartitionedRateLimiter<Person> _both;

    public RenderingTurns() => _both = PartitionedRateLimiter.CreateChained(_persons, _tenants);

    /// <summary>A turn, until it is disposed.</summary>
    /// <exception cref="ProblemException">Another one is under way.</exception>
    public IDisposable Enter(Person person)
    {
        var lease = _both.AttemptAcquire(person);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw new ProblemException(Problems.TooManyRenderings);
    }

    public void Dispose()
    {
        // The chain leaves its links alone.
        _both.Dispose();
        _persons.Dispose();
        _tenants.Dispose();
    }
}
