using System.Collections.Concurrent;
using System.Diagnostics;

namespace EmbedStack.Load.Edge;

/// <summary>Viewers that open the dashboard again and again, six charts at a time, as browsers do.</summary>
internal sealed class ViewerLoad(ChartTarget target, RightRows right, string root) : IDisposable
{
    private const int AtOnce = 6;
    private const int MostConnections = 600;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(120);
    private readonly SemaphoreSlim _connections = new(MostConnections);
    private readonly ConcurrentBag<double> _charts = [];
    private readonly ConcurrentBag<double> _pages = [];
    private readonly ConcurrentBag<double> _unfinished = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ConcurrentQueue<string> _wrong = [];
    private int _inTime;

    /// <param name="state">What the report calls the caches' state.</param>
    /// <param name="viewers">How many at once; the target's own, in turn.</param>
    /// <param name="duration">After how long nobody asks any more: what is under way then is waited for, so that nothing of it is left for whatever is measured next.</param>
    /// <param name="again">Whether viewers open the page anew; else one page each.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<EdgeMeasurement> MeasureAsync(string state, int viewers, TimeSpan duration, bool again, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false, UseProxy = false, MaxConnectionsPerServer = Math.Min(MostConnections, viewers * AtOnce),
        })
        { Timeout = AnswerLimit };
        var (began, started, processor, used) = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, ProcessUse.Now(root));
        var end = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, viewers).Select(number => Task.Run(
            () => LookAsync(client, target.Viewers[number % target.Viewers.Count], again, end, cancellation), CancellationToken.None)));
        cancellation.ThrowIfCancellationRequested();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new EdgeMeasurement(
            target.Name, state, viewers, _charts.Count + _errors.Count + _wrong.Count, _errors.Count, _wrong.Count, _wrong.FirstOrDefault() ?? _errors.FirstOrDefault(),
            _inTime / Math.Min(elapsed, duration.TotalSeconds), Percentiles.Of(_charts), Percentiles.Of([.. _pages, .. _unfinished]), _unfinished.Count,
            (Environment.CpuUsage.TotalTime - processor).TotalSeconds / elapsed, elapsed, ProcessUse.Between(used, ProcessUse.Now(root)), began, DateTimeOffset.UtcNow);
    }

    public void Dispose() => _connections.Dispose();

    private async Task LookAsync(HttpClient client, Viewer viewer, bool again, long end, CancellationToken cancellation)
    {
        var pages = 0;
        do
        {
            var (started, left) = (Stopwatch.GetTimestamp(), 0);
            await Parallel.ForEachAsync(
                target.Charts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (chart, token) =>
                {
                    if (!await AskAsync(client, viewer, chart, end, token))
                    {
                        Interlocked.Increment(ref left);
                    }
                });
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (left == 0)
            {
                _pages.Add(elapsed);
                pages++;
            }
            else if (pages == 0)
            {
                _unfinished.Add(elapsed); // as long at least
            }
        }
        while (again && Stopwatch.GetTimestamp() < end);
    }

    // Nothing is sent after the end, and who waited for a connection until then has not asked.
    private async Task<bool> AskAsync(HttpClient client, Viewer viewer, ChartQuestion chart, long end, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await _connections.WaitAsync(cancellation);
        try
        {
            if (Stopwatch.GetTimestamp() >= end)
            {
                return false;
            }

            using var request = target.Ask(viewer, chart);
            using var answer = await client.SendAsync(request, cancellation);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            var now = Stopwatch.GetTimestamp();
            if (!answer.IsSuccessStatusCode)
            {
                _errors.Enqueue($"{chart.Name}: {(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)))}");
            }
            else if (right.Find(viewer.Tenant, chart.Name, body, answer.Content.Headers.ContentEncoding.Contains("br")) is { } wrong)
            {
                _wrong.Enqueue(wrong);
            }
            else
            {
                _charts.Add(Stopwatch.GetElapsedTime(started, now).TotalMilliseconds);
                if (now <= end)
                {
                    Interlocked.Increment(ref _inTime);
                }
            }
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            _errors.Enqueue($"{chart.Name}: {problem.Message}");
        }
        finally
        {
            _connections.Release();
        }

        return true;
    }
}
