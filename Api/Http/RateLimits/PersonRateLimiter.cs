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
        PartitionedRateLimiter.Create<Person, string>(person => Bucket($"person {person.Subject}", settings.PersonBurst, settings.PersonPerSecond)),
        PartitionedRateLimiter.Create<Person, string>(person => Bucket($"tenant {person.Tenant.Key}", settings.TenantBurst, settings.TenantPerSecond)));

    /// <returns>Null where the person may go on, else how long to wait.</returns>
    public TimeSpan? Ask(Person person)
    {
        using var lease = _limiter.AttemptAcquire(person);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) && pause > Second ? pause : Second;
    }

    public void Dispose() => _limiter.Dispose();

    private static RateLimitPartition<string> Bucket(string key, int burst, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = Second, QueueLimit = 0,
        });
}
