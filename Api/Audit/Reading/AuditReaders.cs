using System.Threading.RateLimiting;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>
/// How many read the audit at once: one request a person and three in all, with a few who wait for their turn. One of the
/// readers' connections is left for the health page, and nobody waits for one. A verification has a connection of its own.
/// </summary>
internal sealed class AuditReaders : IDisposable
{
    public const int Connections = 4;

    private readonly PartitionedRateLimiter<Person> _readers = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Person, string>(person => Limit(person.Subject, permits: 1, waiting: 2)),
        PartitionedRateLimiter.Create<Person, string>(_ => Limit("all", Connections - 1, waiting: 6)));

    private readonly ConcurrencyLimiter _verification = new(new() { PermitLimit = 1, QueueLimit = 0 });

    /// <returns>The turn, to be given back; not acquired where too many have come.</returns>
    public ValueTask<RateLimitLease> ReadAsync(Person person, CancellationToken cancellationToken) => _readers.AcquireAsync(person, 1, cancellationToken);

    /// <summary>The same for a verification, which reads every row of its days.</summary>
    public RateLimitLease Verify() => _verification.AttemptAcquire();

    public void Dispose()
    {
        _readers.Dispose();
        _verification.Dispose();
    }

    private static RateLimitPartition<string> Limit(string key, int permits, int waiting) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = permits, QueueLimit = waiting });
}
