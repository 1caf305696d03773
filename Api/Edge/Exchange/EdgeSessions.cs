using System.Collections.Concurrent;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Identity.Bearer;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>
/// Whether Keycloak still vouches for the session that a browser's token was issued in: a page that asks the embed origin
/// alone ends as soon as any other. Of pages in use it is asked ahead, and nobody waits.
/// </summary>
internal sealed partial class EdgeSessions(
    SessionStore sessions, SessionVerdicts verdicts, SessionInquiry inquiry, TimeProvider time, ILogger<EdgeSessions> logger) : IDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(6);

    // Who cannot be asked now is not asked about again for each chart.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 50_000 });
    private readonly ConcurrentDictionary<Guid, Lazy<Task>> _asking = new();

    /// <exception cref="ProblemException">The session is over, or Keycloak has not been heard of for too long.</exception>
    public async ValueTask CheckAsync(EdgeGrant grant, CancellationToken cancellationToken)
    {
        // An access token's own verdict is its bound, at the mint.
        if (BearerSession.Is(grant.SessionId))
        {
            return;
        }

        var (standing, now) = (StandingOf(grant.SessionId), time.GetUtcNow());
        var age = now - standing.VouchedAt;
        if (age < Ahead || (age < SessionVerdicts.Held && now < standing.RetryAt))
        {
            return;
        }

        var asking = AskOnceAsync(grant.SessionId, standing);
        if (age < SessionVerdicts.Fresh)
        {
            return;
        }

        try
        {
            await asking.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new ProblemException(Problems.IdentityUnavailable, exception);
        }
    }

    public void Dispose() => _known.Dispose();

    // Not the caller's token: others wait too.
    private Task AskOnceAsync(Guid id, Standing standing) => _asking.GetOrAdd(id, _ => new(() =>
    {
        var asking = AskAsync(id, standing);
        asking.ContinueWith(failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); // nobody may wait
        return asking;
    })).Value;

    private async Task AskAsync(Guid id, Standing standing)
    {
        try
        {
            var session = await sessions.FindAsync(id, CancellationToken.None) ?? throw new ProblemException(Problems.NoGuestToken);
            var renewed = session.About(new AuditEvent(AuditKind.Refresh, true));
            await JudgeAsync(session, await inquiry.AskAsync(session, renewed, take: null, CancellationToken.None, Ahead), standing);
        }
        catch (Exception exception)
        {
            standing.RetryAt = time.GetUtcNow() + Pause;
            if (exception is not ProblemException { Problem: var problem } || problem != Problems.NoGuestToken)
            {
                LogLater(exception.Message);
            }

            throw;
        }
        finally
        {
            _asking.TryRemove(id, out _);
        }
    }

    private async Task JudgeAsync(Session session, Introspection verdict, Standing standing)
    {
        var now = time.GetUtcNow();
        if (verdict.Active && session.IsOf(verdict))
        {
            // The last one where Keycloak is away.
            standing.VouchedAt = now - (verdicts.Age(session.Id) ?? TimeSpan.Zero);
            standing.RetryAt = now + Pause;
            return;
        }

        standing.VouchedAt = DateTimeOffset.MinValue;
        await inquiry.EndAsync(session, verdict, noticed: null);
        throw new ProblemException(Problems.NoGuestToken);
    }

    private Standing StandingOf(Guid id) => _known.GetOrCreate(id, entry =>
    {
        entry.Size = 1;
        entry.SlidingExpiration = SessionVerdicts.Held * 2;
        return new Standing();
    })!;

    [LoggerMessage(LogLevel.Warning, "Keycloak is asked about an embedded page's session later: {Cause}")]
    private partial void LogLater(string cause);

    /// <summary>When Keycloak vouched for a session last, and until when it is not asked again.</summary>
    private sealed class Standing
    {
        private long _vouchedAt;
        private long _retryAt;

        public DateTimeOffset VouchedAt
        {
            get => new(Interlocked.Read(ref _vouchedAt), TimeSpan.Zero);
            set => Interlocked.Exchange(ref _vouchedAt, value.UtcTicks);
        }

        public DateTimeOffset RetryAt
        {
            get => new(Interlocked.Read(ref _retryAt), TimeSpan.Zero);
            set => Interlocked.Exchange(ref _retryAt, value.UtcTicks);
        }
    }
}
