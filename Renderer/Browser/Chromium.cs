using System.Collections.Concurrent;
using System.Diagnostics;
using EmbedStack.Renderer.Requests;
using Microsoft.Playwright;

namespace EmbedStack.Renderer.Browser;

/// <summary>
/// The browser of this process. It starts when it is first needed and again where it ended, and a new one takes its place
/// after so many dashboards.
/// </summary>
internal sealed partial class Chromium(RendererSettings settings, RenderingLimits limits, ILogger<Chromium> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(5);

    // A start that fails costs two processes: it is not tried for each question about health.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<RunningChromium, bool> _all = new();
    private RunningChromium? _running;
    private (long At, Exception Cause)? _failure;

    /// <summary>Those that draw a dashboard: one, and for a while the one whose place it took.</summary>
    public IEnumerable<RunningChromium> Drawing => _all.Keys.Where(browser => browser.IsVisited);

    /// <summary>Sees to it that it runs.</summary>
    /// <exception cref="RenderingException">It does not start.</exception>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        _running is { IsConnected: true } ? Task.CompletedTask : InTurnAsync(StartedAsync, cancellationToken);

    /// <summary>A context in the browser, which starts for it where it does not run.</summary>
    /// <exception cref="RenderingException">It does not start.</exception>
    public Task<BrowserVisit> OpenAsync(BrowserNewContextOptions options, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        if (_running is { } used && used.Begun >= limits.PerBrowser)
        {
            _running = null;
            used.Retire();
        }

        return await (await StartedAsync()).OpenAsync(options);
    }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync(ClosingPatience);
        await Task.WhenAll(_all.Keys.Select(browser => browser.DisposeAsync().AsTask()));
        _turn.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            LogFailed(exception.Message.Split('\n')[0]);
            _running?.Kill();
            await EndAsync();
            throw new RenderingException(StopReason.NoBrowser, exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<RunningChromium> StartedAsync()
    {
        if (_running is { IsConnected: true } running)
        {
            return running;
        }

        if (_failure is { } failure && Stopwatch.GetElapsedTime(failure.At) < Pause)
        {
            throw new RenderingException(StopReason.NoBrowser, failure.Cause);
        }

        await EndAsync();
        var began = Stopwatch.GetTimestamp();
        try
        {
            _running = await RunningChromium.StartAsync(settings);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            _failure = (Stopwatch.GetTimestamp(), exception);
            throw;
        }

        foreach (var ended in _all.Keys.Where(browser => browser.IsDisposed))
        {
            _all.TryRemove(ended, out bool _);
        }

        _all.TryAdd(_running, true);
        LogStarted(_running.Version, Stopwatch.GetElapsedTime(began).TotalSeconds);
        return _running;
    }

    private async Task EndAsync()
    {
        if (_running is { } ended)
        {
            _running = null;
            await ended.DisposeAsync();
        }
    }

    [LoggerMessage(LogLevel.Information, "Chromium {Version} started in {Seconds:0.0} s")]
    private partial void LogStarted(string version, double seconds);

    [LoggerMessage(LogLevel.Error, "Chromium does not run: {Cause}")]
    private partial void LogFailed(string cause);
}
