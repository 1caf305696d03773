using System.Collections.Concurrent;
using EmbedStack.Renderer.Requests;
using Microsoft.Playwright;

namespace EmbedStack.Renderer.Pages;

/// <summary>Hears early what would otherwise be waited for in vain: no page, a token that is not taken, a page that crashed.</summary>
internal sealed class FrameWatch
{
    private readonly IPage _page;
    private readonly ConcurrentDictionary<IRequest, bool> _scripts = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FrameWatch(IPage page)
    {
        _page = page;
        page.Request += (_, request) =>
        {
            if (request.ResourceType == "script" && request.Frame.ParentFrame == _page.MainFrame)
            {
                _scripts.TryAdd(request, true);
            }
        };
        page.RequestFinished += (_, request) => _scripts.TryRemove(request, out bool _);
        page.Response += (_, response) => Hear(response);
        page.RequestFailed += (_, request) =>
        {
            _scripts.TryRemove(request, out bool _);
            if (IsDashboard(request))
            {
                Stop(StopReason.NoPage);
            }
        };
        page.Crash += (_, _) => Stop(StopReason.NoBrowser);
    }

    /// <summary>Whether a script is on its way.</summary>
    public bool LoadsCode => !_scripts.IsEmpty;

    /// <summary>The work's outcome, or what was heard before it came to an end.</summary>
    /// <exception cref="RenderingException">There will be no dashboard.</exception>
    public async Task<T> OrStopAsync<T>(Task<T> work)
    {
        if (await Task.WhenAny(work, _stopped.Task) != work)
        {
            _ = work.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await _stopped.Task;
        }

        return await work;
    }

    private void Hear(IResponse response)
    {
        if (response.Status >= 400 && IsDashboard(response.Request))
        {
            Stop(StopReason.NoPage);
        }
        else if (response.Status == StatusCodes.Status401Unauthorized)
        {
            Stop(StopReason.Refused);
        }
    }

    // Frames within the dashboard are its own affair.
    private bool IsDashboard(IRequest request) => request.IsNavigationRequest && request.Frame.ParentFrame == _page.MainFrame;

    private void Stop(StopReason reason) => _stopped.TrySetException(new RenderingException(reason));
}
