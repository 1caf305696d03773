using System.Threading.RateLimiting;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Protection;

/// <summary>
/// Bounds what large bodies, and large answers of Superset, take of memory together: each alone is small enough, and all that
/// may be under way are not. Ordinary ones need no room; others wait for theirs, a part of which one alone can have.
/// </summary>
internal sealed class EdgeMemory : IDisposable
{
    private const int Kilobyte = 1024;
    private const int Line = 16; // times as much may wait as there is
    private readonly Room _bodies = new(Kilobytes: 32 * Kilobyte, Share: 4, Free: 64, Copies: 3);
    private readonly Room _answers = new(Kilobytes: 96 * Kilobyte, Share: 1, Free: Kilobyte, Copies: 4);
    private readonly Room _fetched = new(Kilobytes: 32 * Kilobyte, Share: 8, Free: 64, Copies: 1);
    private readonly SentRoom _sent = new();

    /// <summary>Waits for room for a request's body, until the request is answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="owner">Whose it is: a person, or a network where nobody knows.</param>
    /// <param name="largest">Bytes that it may have at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task EnterBodyAsync(HttpContext context, string owner, int largest, CancellationToken cancellationToken)
    {
        var bytes = HttpMethods.IsPost(context.Request.Method) ? Math.Min(context.Request.ContentLength ?? largest, largest) : 0;
        try
        {
            if (await _bodies.EnterAsync(owner, bytes, cancellationToken) is { } place)
            {
                context.Response.RegisterForDispose(place);
            }
        }
        catch (OperationCanceledException exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(Problems.TooManyRequests, exception);
        }
    }

    /// <summary>Waits for room for an answer of Superset, until what is returned is disposed.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<IDisposable?> EnterAnswerAsync(long bytes, CancellationToken cancellationToken)
    {
        try
        {
            return await _answers.EnterAsync("", bytes, cancellationToken);
        }
        catch (ProblemException exception)
        {
            throw new ProblemException(Problems.SupersetBusy, exception);
        }
    }

    /// <summary>Room for an asset while it is fetched from here, until what is returned is disposed. Nobody waits: it would be in a turn of Superset's.</summary>
    /// <param name="context">Who fetches it: a network has an eighth.</param>
    /// <param name="bytes">Of the asset.</param>
    /// <exception cref="ProblemException">There is none.</exception>
    public IDisposable? EnterFetched(HttpContext context, long bytes) => _fetched.Enter(Networks.Of(context), bytes, Problems.SupersetBusy);

    /// <summary>Room for an answer that nobody else has a use for, until what is returned is disposed. Nobody waits: it is in memory by then.</summary>
    /// <param name="guest">Who fetches it: a person has a quarter, a tenant half.</param>
    /// <param name="bytes">As it goes out.</param>
    /// <exception cref="ProblemException">There is none: 429 where the own share is taken, 503 where all is.</exception>
    public IDisposable? EnterSent(EdgeGuest guest, long bytes) => _sent.Enter(guest, bytes);

    public void Dispose()
    {
        _sent.Dispose();
        _bodies.Dispose();
        _answers.Dispose();
        _fetched.Dispose();
    }

    /// <param name="Kilobytes">How much there is.</param>
    /// <param name="Share">The part of it that one alone can have.</param>
    /// <param name="Free">Kilobytes that need no room.</param>
    /// <param name="Copies">How often the same is in memory while it is worked on.</param>
    private sealed record Room(int Kilobytes, int Share, int Free, int Copies) : IDisposable
    {
        private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<string, string>(owner => RateLimitPartition.GetConcurrencyLimiter(owner, _ => Options(Kilobytes / Share))),
            PartitionedRateLimiter.Create<string, string>(_ => RateLimitPartition.GetConcurrencyLimiter("", _ => Options(Kilobytes))));

        public async Task<IDisposable?> EnterAsync(string owner, long bytes, CancellationToken cancellationToken) =>
            bytes <= Free * Kilobyte ? null : Entered(await _limiter.AcquireAsync(owner, Needed(bytes), cancellationToken), Problems.TooManyRequests);

        public RateLimitLease? Enter(string owner, long bytes, Problem otherwise) =>
            bytes <= Free * Kilobyte ? null : Entered(_limiter.AttemptAcquire(owner, Needed(bytes)), otherwise);

        public void Dispose() => _limiter.Dispose();

        private int Needed(long bytes) => (int)Math.Min(bytes / Kilobyte * Copies, Kilobytes / Share);

        private static RateLimitLease Entered(RateLimitLease place, Problem otherwise)
        {
            if (place.IsAcquired)
            {
                return place;
            }

            place.Dispose();
            throw new ProblemException(otherwise);
        }

        private static ConcurrencyLimiterOptions Options(int kilobytes) =>
            new() { PermitLimit = kilobytes, QueueLimit = Line * kilobytes, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
    }
}
