using System.Threading.RateLimiting;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Http.RateLimits;

/// <summary>
/// A bucket for each person and one for each tenant; the framework forgets those that are full again. Nobody waits in a
/// queue. Each instance counts for itself.
/// </summary>
internal sealed class PersonRateLimiter(RateLimitSettings settings) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly PartitionedRateLimiter<Person> _limiter = PartitionedRateLimiter.CreateChained(
        Limiters.Bucket<Person>(person => $"person {person.Subject}", settings.PersonBurst, settings.PersonPerSecond, Second),
        Limiters.Bucket<Person>(person => $"tenant {person.Tenant.Key}", settings.TenantBurst, settings.TenantPerSecond, Second));

    /// <returns>Null where the person may go on, else how long to wait.</returns>
    public TimeSpan? Ask(Person person)
    {
        using var lease = _limiter.AttemptAcquire(person);
        return lease.IsAcquired ? null : lease.Pause();
    }

    public void Dispose() => _limiter.Dispose();
}
