using System.Collections.Concurrent;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// Answers from memory, then from what instances share, then by asking, once for all who want the same. Who asks is not
/// whoever wants it: a page that is closed ends nobody else's wait.
/// </summary>
internal sealed class AnswerCache(AnswerMemory memory, AnswerStore store, FlightLeases leases, TimeProvider time)
{
    private static readonly TimeSpan LongestFlight = TimeSpan.FromSeconds(75);

    // Each ends the wait of one at least, whose own token was refused.
    private const int MostTurns = 20;

    // A part that is away is not asked again for each who is shown a stale answer meanwhile.
    private static readonly TimeSpan AfterFailedRefresh = TimeSpan.FromSeconds(5);

    // As long nobody else asks the same, but by force.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(CacheKey Key, Purpose Purpose), Task<FilledAnswer>> _flights = [];

    private enum Purpose
    {
        Fill,
        Refresh,
        Force,
    }

    /// <param name="key">What is wanted.</param>
    /// <param name="force">Whether nothing that was kept will do.</param>
    /// <param name="ask">Asks Superset, on behalf of whoever comes first.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public async ValueTask<FilledAnswer> GetAsync(
        CacheKey key, bool force, Func<CancellationToken, Task<FilledAnswer>> ask, CancellationToken cancellationToken)
    {
        for (var turn = 1; ; turn++)
        {
            if (!force && memory.Find(key) is { } known && Use(key, known, EdgeSource.Memory, ask) is { } found)
            {
                return found;
            }

            var (flight, isFirst) = Join(key, force ? Purpose.Force : Purpose.Fill, ask);
            try
            {
                var filled = await flight.WaitAsync(cancellationToken);
                return isFirst || filled.Kept is null ? filled : filled with { Original = default };
            }
            catch (ProblemException exception) when (!isFirst && exception.Problem.Status < StatusCodes.Status500InternalServerError)
            {
                // A refusal is about the token that asked, and this is another one: one of those who waited asks for the rest.
                if (turn == MostTurns)
                {
                    throw new ProblemException(Problems.SupersetUnavailable, exception);
                }
            }
            catch (OperationCanceledException exception)
            {
                throw new ProblemException(Problems.SupersetUnavailable, exception); // this one's wait began before the question
            }
        }
    }

    // A stale one is shown at once while somebody asks again.
    private FilledAnswer? Use(CacheKey key, CachedAnswer known, EdgeSource source, Func<CancellationToken, Task<FilledAnswer>> ask)
    {
        var now = time.GetUtcNow();
        if (now < known.FreshUntil)
        {
            return FilledAnswer.Found(known, source);
        }

        if (now >= known.UsableUntil)
        {
            return null;
        }

        _ = Join(key, Purpose.Refresh, ask);
        return FilledAnswer.Found(known, EdgeSource.Stale);
    }

    private (Task<FilledAnswer> Flight, bool IsFirst) Join(CacheKey key, Purpose purpose, Func<CancellationToken, Task<FilledAnswer>> ask)
    {
        var own = new TaskCompletionSource<FilledAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flight = _flights.GetOrAdd((key, purpose), own.Task);
        if (flight != own.Task)
        {
            return (flight, false);
        }

        _ = FlyAsync(key, purpose, ask, own);
        return (flight, true);
    }

    private async Task FlyAsync(CacheKey key, Purpose purpose, Func<CancellationToken, Task<FilledAnswer>> ask, TaskCompletionSource<FilledAnswer> flight)
    {
        try
        {
            using var limit = new CancellationTokenSource(LongestFlight);
            var filled = await FillAsync(key, purpose, ask, limit.Token);
            _flights.TryRemove((key, purpose), out _);
            flight.SetResult(filled);
        }
        catch (Exception exception)
        {
            if (purpose == Purpose.Refresh && exception is not ProblemException { Problem.Status: < StatusCodes.Status500InternalServerError })
            {
                _ = LandAsync();
            }
            else
            {
                _flights.TryRemove((key, purpose), out _);
            }

            flight.SetException(exception is OperationCanceledException ? new ProblemException(Problems.SupersetUnavailable, exception) : exception);
            _ = flight.Task.Exception; // nobody may be left to see it
        }

        async Task LandAsync()
        {
            await Task.Delay(AfterFailedRefresh, time, CancellationToken.None);
            _flights.TryRemove((key, purpose), out _);
        }
    }

    private async Task<FilledAnswer> FillAsync(CacheKey key, Purpose purpose, Func<CancellationToken, Task<FilledAnswer>> ask, CancellationToken cancellationToken)
    {
        if (purpose == Purpose.Force)
        {
            return await AskAsync(key, ask, cancellationToken);
        }

        if (purpose == Purpose.Refresh && await store.FindAsync(key) is { } shared && time.GetUtcNow() < shared.FreshUntil)
        {
            memory.Keep(key, shared); // another instance has asked
            return FilledAnswer.Found(shared, EdgeSource.Store);
        }

        do
        {
            if (purpose == Purpose.Fill && await store.FindAsync(key) is { } stored && Use(key, stored, EdgeSource.Store, ask) is { } found)
            {
                memory.Keep(key, stored);
                return found;
            }

            if (await leases.TakeAsync(key))
            {
                return await AskWithLeaseAsync(key, ask, cancellationToken);
            }

            await leases.WaitAsync(key);
        }
        while (purpose == Purpose.Fill && !cancellationToken.IsCancellationRequested);

        cancellationToken.ThrowIfCancellationRequested();
        return await RefreshedElsewhereAsync(key);
    }

    private async Task<FilledAnswer> RefreshedElsewhereAsync(CacheKey key)
    {
        if (await store.FindAsync(key) is { } stored)
        {
            memory.Keep(key, stored);
            return FilledAnswer.Found(stored, EdgeSource.Store);
        }

        throw new ProblemException(Problems.SupersetUnavailable);
    }

    private async Task<FilledAnswer> AskWithLeaseAsync(CacheKey key, Func<CancellationToken, Task<FilledAnswer>> ask, CancellationToken cancellationToken)
    {
        await using var renewal = new Timer(_ => leases.RenewAsync(key), null, FlightLeases.RenewEvery, FlightLeases.RenewEvery);
        try
        {
            return await AskAsync(key, ask, cancellationToken);
        }
        finally
        {
            await leases.ReleaseAsync(key);
        }
    }

    private async Task<FilledAnswer> AskAsync(CacheKey key, Func<CancellationToken, Task<FilledAnswer>> ask, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var filled = await ask(cancellationToken);
        if (filled.Kept is { } answer && memory.Keep(key, answer) && !(time.GetElapsedTime(started) > Slow && await IsOlderAsync(key, answer)))
        {
            await store.KeepAsync(key, answer);
        }

        return filled;
    }

    // Somebody on another instance may have asked past the caches meanwhile.
    private async Task<bool> IsOlderAsync(CacheKey key, CachedAnswer answer)
    {
        if (await store.FindAsync(key) is not { } stored || stored.FilledAt <= answer.FilledAt)
        {
            return false;
        }

        memory.Keep(key, stored);
        return true;
    }
}
