using System.Diagnostics;
using EmbedStack.Renderer.Browser;
using EmbedStack.Renderer.Requests;
using Microsoft.Playwright;

namespace EmbedStack.Renderer.Pages;

/// <summary>Renders a dashboard as the person whose token it is, in a context that ends with it.</summary>
internal sealed class DashboardRenderer(Chromium chromium, HostPage host, RendererSettings settings, RenderingLimits limits)
{
    /// <exception cref="RenderingException">There is no picture, and why.</exception>
    public async Task<Rendering> RenderAsync(RenderingRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(limits.Time);
        BrowserVisit? visit = null;
        try
        {
            visit = await chromium.OpenAsync(Options(request), limit.Token).WithinAsync(limits.Time, late => late.DisposeAsync(), limit.Token);
            var drawing = DrawAsync(visit.Context, request, limit.Token);
            // Playwright's calls take no token: they end with the context.
            _ = drawing.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return await drawing.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RenderingException(StopReason.TimedOut, exception);
        }
        catch (TimeoutException exception)
        {
            throw new RenderingException(StopReason.TimedOut, exception);
        }
        catch (PlaywrightException exception)
        {
            throw new RenderingException(visit is null || await visit.HasBrowserEndedAsync() ? StopReason.NoBrowser : StopReason.BrokenPage, exception);
        }
        finally
        {
            if (visit is not null)
            {
                await visit.DisposeAsync();
            }
        }
    }

    private async Task<Rendering> DrawAsync(IBrowserContext context, RenderingRequest request, CancellationToken cancellationToken)
    {
        context.SetDefaultTimeout((float)limits.Time.TotalMilliseconds);
        await host.GuardAsync(context);
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        var watch = new FrameWatch(page);
        await page.GotoAsync(host.Address);
        var drawn = await watch.OrStopAsync(new DashboardFrame(page, watch, settings, limits).OpenAsync(request, cancellationToken));
        return new(await Picture.TakeAsync(page, request.Format!, drawn.Height, limits), drawn.FailedCharts);
    }

    private static BrowserNewContextOptions Options(RenderingRequest request)
    {
        var options = ContextOptions.Bare();
        options.ViewportSize = new() { Width = Picture.Width, Height = 1000 };
        options.DeviceScaleFactor = Picture.Sharpness;
        options.ColorScheme = request.Theme?.Mode == "dark" ? ColorScheme.Dark : ColorScheme.Light;
        options.Locale = request.Language ?? "en";
        // What the dashboard reads is written down under the request that it is for.
        options.ExtraHTTPHeaders = Activity.Current?.Id is { } trace ? [KeyValuePair.Create("traceparent", trace)] : null;
        return options;
    }
}
