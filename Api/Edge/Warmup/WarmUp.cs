using System.Collections.Concurrent;
using System.Globalization;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Edge.Warmup;

/// <summary>
/// Asks ahead what pages will ask: after rows or charts changed, when a day begins, and on demand. A few questions at once,
/// so that viewers find Superset free; one instance at a time.
/// </summary>
internal sealed partial class WarmUp(
    WarmQuestions questions, WarmGuests guests, ChartReads charts, CacheFactsSource facts, WarmUpSettings settings, EdgeCacheSettings cache,
    NpgsqlDataSource database, TimeProvider time, ILogger<WarmUp> logger) : BackgroundService
{
    private const string Turn = "select pg_try_advisory_lock(hashtext('edge.warm_up'))";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // As long as Superset may still go by the version of before.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    // An author saves again and again: what is warmed meanwhile would be for nobody.
    private const int MostSettling = 15;
    private const int MostAttempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private volatile WarmUpProgress _progress = WarmUpProgress.None;

    /// <summary>How far it is, or how the last one ended.</summary>
    public WarmUpProgress Progress => _progress;

    /// <summary>Begins one as soon as none runs, on whichever instance.</summary>
    public void Ask()
    {
        lock (_lock)
        {
            if (_wanted.CurrentCount == 0)
            {
                _wanted.Release();
            }

            _progress = _progress with { IsWanted = true };
        }
    }

    /// <summary>Asks everything once, and once more what failed.</summary>
    public async Task<WarmUpProgress> RunAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        return _progress;
    }

    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What a run is for is owed until one is through, or enough were not.
        var (warmed, tried, attempts, isOwed, wait) = ("", "", 0, false, Look);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isAsked = await IsAskedAsync(wait, stoppingToken);
                isOwed |= isAsked;
                var version = Version() ?? warmed;
                if (!isOwed && (!settings.AfterChanges || version == warmed))
                {
                    wait = Look;
                    continue;
                }

                version = await SettleAsync(stoppingToken) ?? version;
                attempts = isAsked || version != tried ? 0 : attempts;
                (tried, wait) = (version, Pause);
                if (await TryInTurnAsync(isOwed, stoppingToken) || ++attempts == MostAttempts)
                {
                    (warmed, attempts, isOwed, wait) = (version, 0, false, Look);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Say(progress => progress with { IsRunning = false, IsWanted = _wanted.CurrentCount > 0, IsStopped = true });
                LogFailed(exception.Message);
            }
        }
    }

    /// <returns>Whether one is asked for within the time; who asks does not wait for it to pass.</returns>
    private async Task<bool> IsAskedAsync(TimeSpan within, CancellationToken stop)
    {
        if (within == Look)
        {
            return await _wanted.WaitAsync(within, stop);
        }

        using var over = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop);
        try
        {
            await _wanted.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<string?> SettleAsync(CancellationToken cancellationToken)
    {
        var version = Version();
        for (var times = 0; times < MostSettling; times++)
        {
            await Task.Delay(Settle, cancellationToken);
            var before = version;
            version = Version();
            if (version == before)
            {
                break;
            }
        }

        return version;
    }

    /// <returns>Whether nothing is left that may only be away.</returns>
    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        Say(_ => WarmUpProgress.None with { IsRunning = true });
        var all = await guests.ListAsync(cancellationToken);
        var known = (await questions.ReadAsync(all.SelectMany(guest => guest.Dashboards).Select(dashboard => dashboard.Key).Distinct(), cancellationToken))
            .ToLookup(question => question.Dashboard);
        var work = all.SelectMany(guest => known[guest.Dashboards[0].Key].Select(question => (guest, question))).ToArray();
        Say(progress => progress with { Total = work.Length });
        (EdgeGuest, WarmQuestion)[] failed;
        try
        {
            failed = await AskAsync(work, cancellationToken);
            if (failed.Length > 0)
            {
                // Superset may just have been busy, or starting.
                await Task.Delay(Again, time, cancellationToken);
                Say(progress => progress with { Done = progress.Done - failed.Length, Failed = progress.Failed - failed.Length });
                failed = await AskAsync(failed, cancellationToken);
            }
        }
        finally
        {
            Say(progress => progress with { IsRunning = false });
        }

        LogDone(_progress.Done, _progress.Failed, all.Count);
        return failed.Length == 0;
    }

    // With a day all answers end.
    private string? Version() => facts.Current is { } known
        ? $"{known.DataVersion} {cache.Day(time.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture)}"
        : null;

    // Another instance that warms up fills what all share. Whoever asks for it is not told that all is warm before it is through.
    private async Task<bool> TryInTurnAsync(bool isAsked, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using (var connection = await database.OpenConnectionAsync(cancellationToken))
            {
                if (await connection.QueryAsync(Turn, [], row => row.GetBoolean(0), cancellationToken) is [true])
                {
                    try
                    {
                        return await TryAsync(cancellationToken);
                    }
                    finally
                    {
                        await EndTurnAsync(connection);
                    }
                }
            }

            if (!isAsked)
            {
                return true;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    // With its connection the turn has ended too, and what was asked stays warm.
    private async Task EndTurnAsync(NpgsqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(hashtext('edge.warm_up'))", [], CancellationToken.None);
        }
        catch (Exception ended) when (DatabaseFailure.Is(ended) || ended is InvalidOperationException)
        {
            LogTurnEnded(ended.Message);
        }
    }

    private async Task<(EdgeGuest Guest, WarmQuestion Question)[]> AskAsync(
        IReadOnlyCollection<(EdgeGuest Guest, WarmQuestion Question)> work, CancellationToken cancellationToken)
    {
        var failed = new ConcurrentBag<(EdgeGuest, WarmQuestion)>();
        await Parallel.ForEachAsync(
            work,
            new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancellationToken },
            async (one, token) =>
            {
                var stopped = await AskAsync(one.Guest, one.Question, token);
                Count(succeeded: stopped is null);
                if (stopped is not null and not ProblemException { Problem.Status: < StatusCodes.Status500InternalServerError })
                {
                    failed.Add(one);
                }
            });
        return [.. failed];
    }

    private async Task<Exception?> AskAsync(EdgeGuest guest, WarmQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            await charts.WarmAsync(guest, question.Body, question.Locale, cancellationToken);
            return null;
        }
        catch (Exception stopped) when (!cancellationToken.IsCancellationRequested)
        {
            return stopped;
        }
    }

    private void Count(bool succeeded) => Say(progress => progress with { Done = progress.Done + 1, Failed = progress.Failed + (succeeded ? 0 : 1) });

    private void Say(Func<WarmUpProgress, WarmUpProgress> change)
    {
        lock (_lock)
        {
            _progress = change(_progress);
        }
    }

    [LoggerMessage(LogLevel.Information, "Warmed up: {Done} questions for {Guests} tenants' roles and dashboards, {Failed} of them failed")]
    private partial void LogDone(int done, int failed, int guests);

    [LoggerMessage(LogLevel.Warning, "The warm-up's turn ended before it: {Cause}")]
    private partial void LogTurnEnded(string cause);

    [LoggerMessage(LogLevel.Warning, "The warm-up stopped: {Cause}")]
    private partial void LogFailed(string cause);
}
