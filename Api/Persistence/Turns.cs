using System.Threading.RateLimiting;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Persistence;

/// <summary>
/// Has those who would wait in Postgres for the same lock wait here, one after another: each who waits there holds a connection,
/// and whoever has the lock may need one more, as everybody else does. Between instances the lock itself counts.
/// </summary>
/// <param name="mostWaiting">How many may wait for the same.</param>
internal sealed class Turns(int mostWaiting) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _turns = PartitionedRateLimiter.Create<string, string>(
        name => RateLimitPartition.GetConcurrencyLimiter(name, _ => new() { PermitLimit = 1, QueueLimit = mostWaiting }));

    /// <param name="name">What is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The turn, to be disposed of.</returns>
    /// <exception cref="ProblemException">Too many wait already.</exception>
    public async ValueTask<IDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var turn = await _turns.AcquireAsync(name, 1, cancellationToken);
        if (turn.IsAcquired)
        {
            return turn;
        }

        turn.Dispose();
        throw new ProblemException(Problems.TooManyRequests);
    }

    public void Dispose() => _turns.Dispose();
}
