using EmbedStack.Api.Http;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Identity;

/// <summary>
/// What Keycloak says about each session or token, asked at most every ten seconds. While Keycloak is away the last
/// verdict holds for a minute, and never beyond the token's own end.
/// </summary>
internal abstract class Verdicts<TKey>(IMemoryCache cache, TimeProvider time)
    where TKey : notnull
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Held = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <param name="key">Whose verdict.</param>
    /// <param name="accessToken">What Keycloak is asked about.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="fresh">How old a verdict may be that counts without asking; <see cref="Fresh"/> at most.</param>
    public async Task<Introspection> GetAsync(TKey key, string accessToken, CancellationToken cancellationToken, TimeSpan? fresh = null)
    {
        var verdict = Slot(key);
        await verdict.Turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (verdict.Last is { } last && (now - verdict.AskedAt < (fresh ?? Fresh) || (now < verdict.RetryAt && now - verdict.AskedAt < Held)))
            {
                return Unexpired(last, now);
            }

            verdict.Last = await AskAsync(accessToken, cancellationToken);
            verdict.AskedAt = now;
            return verdict.Last;
        }
        catch (ProblemException) when (TryHold(verdict))
        {
            return Unexpired(verdict.Last!, time.GetUtcNow());
        }
        finally
        {
            verdict.Turn.Release();
        }
    }

    /// <summary>The last verdict while it holds; for when the token itself could not be renewed.</summary>
    public Introspection? Last(TKey key)
    {
        var verdict = Slot(key);
        return time.GetUtcNow() - verdict.AskedAt < Held ? verdict.Last : null;
    }

    /// <summary>How long ago Keycloak was asked; null where it was not, or too long ago to matter.</summary>
    public TimeSpan? Age(TKey key) => cache.TryGetValue((GetType(), key), out Verdict? known) && known!.Last is not null
        ? time.GetUtcNow() - known.AskedAt
        : null;

    /// <summary>Whether Keycloak need not be asked, and whether it vouched when it was.</summary>
    protected (bool IsFresh, bool IsActive) Known(TKey key) => cache.TryGetValue((GetType(), key), out Verdict? known)
        ? (time.GetUtcNow() - known!.AskedAt < Fresh, known.Last is { Active: true })
        : (false, false);

    protected abstract Task<Introspection> AskAsync(string accessToken, CancellationToken cancellationToken);

    protected virtual Introspection Unexpired(Introspection verdict, DateTimeOffset now) => verdict;

    private bool TryHold(Verdict verdict)
    {
        var now = time.GetUtcNow();
        verdict.RetryAt = now + Pause;
        return verdict.Last is not null && now - verdict.AskedAt < Held;
    }

    private Verdict Slot(TKey key) => cache.GetOrCreate((GetType(), key), entry =>
    {
        entry.Size = 1;
        entry.SlidingExpiration = Held * 2;
        return new Verdict();
    })!;

    private sealed class Verdict
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public Introspection? Last { get; set; }

        public DateTimeOffset AskedAt { get; set; }

        public DateTimeOffset RetryAt { get; set; }
    }
}
