using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Edge.Warmup;

/// <summary>
/// Asks ahead what pages will ask: after rows or charts changed, and on demand. A few questions at once, so that viewers
/// find Superset free; one instance at a time.
/// </summary>
internal sealed partial class WarmUp(
    WarmQuestions questions, WarmGuests guests, ChartReads charts, CacheFactsSource facts, WarmUpSettings settings, NpgsqlDataSource database,
    ILogger<WarmUp> logger) : BackgroundService
{
    private const string Turn = "select pg_try_advisory_lock(hashtext('edge.warm_up'))";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // As long as Superset may still go by the version of before.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(4);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private volatile WarmUpProgress _progress = WarmUpProgress.None;

    /// <summary>How far it is, or how the last one ended.</summary>
    public WarmUpProgress Progress => _progress;

    /// <summary>Begins one as soon as none runs.</summary>
    public void Ask()
    {
        if (_wanted.CurrentCount == 0)
        {
            _wanted.Release();
        }
    }

    /// <summary>Asks everything once.</summary>
    public async Task<WarmUpProgress> RunAsync(CancellationToken cancellationToken)
    {
        var all = await guests.ListAsync(cancellationToken);
        var known = (await questions.ReadAsync(all.SelectMany(guest => guest.Dashboards).Select(dashboard => dashboard.Key).Distinct(), cancellationToken))
            .ToLookup(question => question.Dashboard);
        var work = all.SelectMany(guest => known[guest.Dashboards[0].Key].Select(question => (guest, question))).ToArray();
        _progress = new WarmUpProgress(work.Length, 0, 0, IsRunning: true);
        await Parallel.ForEachAsync(
            work,
            new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancellationToken },
            async (one, token) => Count(await AskAsync(one.guest, one.question, token)));
        _progress = _progress with { IsRunning = false };
        LogDone(_progress.Done, _progress.Failed, all.Count);
        return _progress;
    }

    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var warmed = "";
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var asked = await _wanted.WaitAsync(Look, stoppingToken);
                var version = facts.Current?.DataVersion ?? warmed;
                if (asked || (settings.AfterChanges && version != warmed))
                {
                    await Task.Delay(Settle, stoppingToken);
                    warmed = facts.Current?.DataVersion ?? version;
                    await RunInTurnAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or ProblemException)
            {
                LogFailed(exception.Message);
            }
        }
    }

    // Another instance that warms up fills what all share.
    private async Task RunInTurnAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await connection.QueryAsync(Turn, [], row => row.GetBoolean(0), cancellationToken) is [true])
        {
            try
            {
                await RunAsync(cancellationToken);
            }
            finally
            {
                await connection.ExecuteAsync("select pg_advisory_unlock(hashtext('edge.warm_up'))", [], CancellationToken.None);
            }
        }
    }

    private async Task<bool> AskAsync(EdgeGuest guest, WarmQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            await charts.WarmAsync(guest, question.Body, question.Locale, cancellationToken);
            return true;
        }
        catch (ProblemException)
        {
            return false;
        }
    }

    private void Count(bool succeeded)
    {
        lock (_lock)
        {
            _progress = _progress with { Done = _progress.Done + 1, Failed = _progress.Failed + (succeeded ? 0 : 1) };
        }
    }

    [LoggerMessage(LogLevel.Information, "Warmed up: {Done} questions for {Guests} tenants' roles and dashboards, {Failed} of them failed")]
    private partial void LogDone(int done, int failed, int guests);

    [LoggerMessage(LogLevel.Warning, "The warm-up stopped: {Cause}")]
    private partial void LogFailed(string cause);
}
