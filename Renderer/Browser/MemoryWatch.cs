using Microsoft.Playwright;

namespace EmbedStack.Renderer.Browser;

/// <summary>
/// Ends the largest browser where those that draw have more memory together than they may. The next request starts another one.
/// </summary>
internal sealed partial class MemoryWatch(Chromium chromium, RenderingLimits limits, ILogger<MemoryWatch> logger) : BackgroundService
{
    private const long Megabyte = 1_000_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var browsers = await Task.WhenAll(chromium.Drawing.Select(async browser => (Browser: browser, Megabytes: await MeasureAsync(browser, stoppingToken))));
            var together = browsers.Sum(browser => browser.Megabytes);
            if (together > limits.Megabytes)
            {
                var (largest, megabytes) = browsers.MaxBy(browser => browser.Megabytes);
                LogTooLarge(megabytes, together, limits.Megabytes);
                largest.Kill();
            }
        }
    }

    private async Task<long> MeasureAsync(RunningChromium browser, CancellationToken stoppingToken)
    {
        try
        {
            return await browser.MeasureAsync() / Megabyte;
        }
        catch (PlaywrightException)
        {
            // It has ended meanwhile.
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotMeasured(exception.GetType().Name);
        }

        return 0;
    }

    [LoggerMessage(LogLevel.Error, "Chromium was ended: it had {Megabytes} MB, and all together {Together} MB of {Limit} MB")]
    private partial void LogTooLarge(long megabytes, long together, int limit);

    [LoggerMessage(LogLevel.Warning, "Chromium's memory was not measured: {Exception}")]
    private partial void LogNotMeasured(string exception);
}
