using EmbedStack.Api.Http;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Identity;

/// <summary>
/// What Keycloak says about each session, asked at most every ten seconds. While Keycloak is away the last verdict
/// holds for a minute.
/// </summary>
internal sealed class SessionVerdicts(KeycloakClient keycloak, IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Held = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task<Introspection> GetAsync(Guid session, string accessToken, CancellationToken cancellationToken)
    {
        var verdict = Slot(session);
        await verdict.Turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (verdict.Last is { } last && (now - verdict.AskedAt < Fresh || (now < verdict.RetryAt && now - verdict.AskedAt < Held)))
            {
                return last;
            }

            verdict.Last = await keycloak.IntrospectAsync(accessToken, cancellationToken);
            verdict.AskedAt = now;
            return verdict.Last;
        }
        catch (ProblemException) when (TryHold(verdict))
        {
            return verdict.Last!;
        }
        finally
        {
            verdict.Turn.Release();
        }
    }

    /// <summary>The last verdict while it holds; for when the token itself could not be renewed.</summary>
    public Introspection? Last(Guid session)
    {
        var verdict = Slot(session);
        return time.GetUtcNow() - verdict.AskedAt < Held ? verdict.Last : null;
    }

    private bool TryHold(Verdict verdict)
    {
        var now = time.GetUtcNow();
        verdict.RetryAt = now + Pause;
        return verdict.Last is not null && now - verdict.AskedAt < Held;
    }

    private Verdict Slot(Guid session) => cache.GetOrCreate((nameof(SessionVerdicts), session), entry =>
    {
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
