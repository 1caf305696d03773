using System.Collections.Concurrent;
using EmbedStack.Api.Audit;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Revocations;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>
/// The guest token of Superset's that stands behind a browser's: made once for all requests and instances, renewed ahead of
/// its end while it is in use, and made anew when Superset no longer takes it. Each one that is made has its row in the audit
/// before it is used. What could not be made is not tried again at once: a page's charts ask for one and the same.
/// </summary>
internal sealed partial class SupersetTokens(
    SupersetGuestTokens maker, SupersetTokenStore store, RevocationSource revocations, AuditLog audit, RefusalAudit refusals,
    FailedMakings failed, GuestTokenSettings settings, TimeProvider time, ILogger<SupersetTokens> logger) : IDisposable
{
    // Where refusals of it are counted: apart from those at the app's own origin.
    private const string Origin = "embed";

    // What is left must carry a request through Superset's queue.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);

    // What replaced another and is refused as well at this age was not refused for its secret or its time.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = 50_000 });
    private readonly ConcurrentDictionary<string, Lazy<Task<GuestToken>>> _making = new();

    /// <summary>A token that holds for a while.</summary>
    /// <exception cref="Http.ProblemException">Superset is away, or refused the grant.</exception>
    public async ValueTask<GuestToken> GetAsync(GuestTokenGrant grant, CancellationToken cancellationToken)
    {
        var key = GuestTokenKey.Of(grant);
        if (_tokens.TryGetValue(key, out GuestToken? token) && IsUsable(token!, grant))
        {
            if (!token!.HasHalfItsLifeLeft(time.GetUtcNow()))
            {
                _ = RenewAsync(key, grant);
            }

            return token;
        }

        return await MakeAsync(key, grant, refused: null).WaitAsync(cancellationToken);
    }

    /// <summary>Another token instead of one that Superset did not take; null where a new one would not be taken either.</summary>
    /// <exception cref="Http.ProblemException">Superset is away, or refused the grant.</exception>
    public async Task<GuestToken?> ReplaceAsync(GuestTokenGrant grant, GuestToken refused, CancellationToken cancellationToken)
    {
        var key = GuestTokenKey.Of(grant);
        if (_tokens.TryGetValue(key, out GuestToken? token) && token!.Text != refused.Text && IsUsable(token, grant))
        {
            return token;
        }

        return refused.IsReplacement && time.GetUtcNow() - refused.SignedAt < Fresh
            ? null
            : await MakeAsync(key, grant, refused).WaitAsync(cancellationToken);
    }

    public void Dispose() => _tokens.Dispose();

    private bool IsUsable(GuestToken token, GuestTokenGrant grant) =>
        token.ExpiresAt - time.GetUtcNow() >= Shortest
        && !revocations.Current.RefusesToken(grant.Person, grant.Dashboards.Select(dashboard => dashboard.Key), token.SignedAt);

    // Whoever comes meanwhile waits for the same one. Not the caller's token: others wait too.
    private Task<GuestToken> MakeAsync(string key, GuestTokenGrant grant, GuestToken? refused) =>
        _making.GetOrAdd(key, _ => new(async () =>
        {
            try
            {
                failed.Check(key);
                return await FindOrMakeAsync(key, grant, refused);
            }
            finally
            {
                _making.TryRemove(key, out Lazy<Task<GuestToken>>? _);
            }
        })).Value;

    private async Task<GuestToken> FindOrMakeAsync(string key, GuestTokenGrant grant, GuestToken? refused)
    {
        var token = await TryAsync(() => store.FindAsync(key, CancellationToken.None));
        if (token is null || token.Text == refused?.Text || !IsUsable(token, grant) || !token.HasHalfItsLifeLeft(time.GetUtcNow()))
        {
            token = await MakeAuditedAsync(key, grant) with { IsReplacement = refused is not null };
            var made = token;
            await TryAsync(async () =>
            {
                await store.SaveAsync(key, made, CancellationToken.None);
                return made;
            });
        }

        return _tokens.Set(key, token, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = settings.Lifetime });
    }

    // Others wait for it, or nobody: the row has who it is for, and not from where.
    private async Task<GuestToken> MakeAuditedAsync(string key, GuestTokenGrant grant)
    {
        var about = new AuditEvent(AuditKind.Exchange, true) { Dashboards = [.. grant.Dashboards.Select(dashboard => dashboard.Key)] }.By(grant.Person);
        try
        {
            var token = await maker.MakeAsync(grant, CancellationToken.None);
            await audit.WriteAsync(about.With(grant, token), CancellationToken.None);
            return token;
        }
        catch (Exception stopped)
        {
            failed.Remember(key, stopped);
            await refusals.WriteAsync(about with { Allowed = false, Reason = AuditReason.Of(stopped) }, CancellationToken.None, Origin);
            throw;
        }
    }

    // What cannot be shared each instance makes for itself.
    private async Task<GuestToken?> TryAsync(Func<Task<GuestToken?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            LogAlone(exception.Message);
            return null;
        }
    }

    private async Task RenewAsync(string key, GuestTokenGrant grant)
    {
        try
        {
            await MakeAsync(key, grant, refused: null);
        }
        catch (Exception exception)
        {
            LogLater(exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Guest tokens are not shared with other instances for now: {Cause}")]
    private partial void LogAlone(string cause);

    [LoggerMessage(LogLevel.Warning, "A guest token is renewed later: {Cause}")]
    private partial void LogLater(string cause);
}
