using Microsoft.Playwright;

namespace EmbedStack.Renderer.Browser;

/// <summary>A browser from its start to its end, with the driver that speaks to it.</summary>
internal sealed class RunningChromium : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(5);
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ChromiumProcesses _processes;
    private readonly TaskCompletionSource _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _visits;
    private volatile bool _isRetired;
    private int _isDisposed;

    private RunningChromium(IPlaywright playwright, IBrowser browser, ChromiumProcesses processes)
    {
        (_playwright, _browser, _processes) = (playwright, browser, processes);
        browser.Disconnected += (_, _) => _disconnected.TrySetResult();
    }

    public bool IsConnected => _browser.IsConnected;

    public string Version => _browser.Version;

    /// <summary>Contexts that it was asked for.</summary>
    public int Begun { get; private set; }

    /// <summary>Whether somebody is there now.</summary>
    public bool IsVisited => Volatile.Read(ref _visits) > 0;

    public bool IsDisposed => Volatile.Read(ref _isDisposed) == 1;

    /// <exception cref="PlaywrightException">It does not start.</exception>
    /// <exception cref="TimeoutException">It does not start in time.</exception>
    public static async Task<RunningChromium> StartAsync(RendererSettings settings)
    {
        var playwright = await Playwright.CreateAsync().WithinAsync(Patience, late =>
        {
            late.Dispose();
            return ValueTask.CompletedTask;
        });
        try
        {
            var path = ChromiumPath.Find(settings, playwright) ?? throw new PlaywrightException("There is no Chromium on the PATH.");
            // The driver gives up first, and knows why: unless it answers nothing at all.
            var browser = await playwright.Chromium.LaunchAsync(ChromiumOptions.For(settings, path)).WaitAsync(Patience + ShortPatience);
            var processes = await ChromiumProcesses.OfAsync(browser).WaitAsync(Patience);
            // One that is too old for what contexts are given is none.
            var context = await browser.NewContextAsync(ContextOptions.Bare()).WaitAsync(Patience);
            await context.CloseAsync().WaitAsync(Patience);
            return new(playwright, browser, processes);
        }
        catch
        {
            playwright.Dispose(); // and with it what it has started
            throw;
        }
    }

    /// <exception cref="PlaywrightException">It has ended.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<BrowserVisit> OpenAsync(BrowserNewContextOptions options)
    {
        Begun++;
        Interlocked.Increment(ref _visits);
        try
        {
            return new(this, await _browser.NewContextAsync(options).WaitAsync(Patience));
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>A visit is over.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _visits);
        EndIfDone();
    }

    /// <summary>Takes no more visits; it ends with the last that it has.</summary>
    public void Retire()
    {
        _isRetired = true;
        EndIfDone();
    }

    /// <summary>Whether it has ended: the driver tells of pages first, and of their browser a moment later.</summary>
    public async Task<bool> HasEndedAsync()
    {
        await Task.WhenAny(_disconnected.Task, Task.Delay(TimeSpan.FromSeconds(1)));
        return !IsConnected;
    }

    /// <summary>Bytes that its processes have.</summary>
    /// <exception cref="PlaywrightException">It has ended.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public Task<long> MeasureAsync() => _processes.MeasureAsync().WaitAsync(ShortPatience);

    /// <summary>Ends it, whatever it does; what it was drawing fails.</summary>
    public void Kill() => _processes.Kill();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        try
        {
            await _browser.CloseAsync().WaitAsync(ShortPatience);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            Kill();
        }
        finally
        {
            _playwright.Dispose();
        }
    }

    private void EndIfDone()
    {
        if (_isRetired && !IsVisited)
        {
            _ = DisposeAsync().AsTask();
        }
    }
}
