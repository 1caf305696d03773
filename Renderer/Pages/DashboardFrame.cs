using System.Diagnostics;
using EmbedStack.Renderer.Requests;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;

namespace EmbedStack.Renderer.Pages;

/// <summary>
/// A dashboard in its frame, as Superset's embedding code would open it. Superset draws what is out of sight for automated browsers
/// alone (<c>navigator.webdriver</c>), such as Playwright's.
/// </summary>
internal sealed class DashboardFrame(IPage page, FrameWatch watch, RendererSettings settings, RenderingLimits limits)
{
    // No title of Superset's, no menus on charts.
    private const string Bare = "9";
    private const int FirstHeight = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Charts move for a second when their rows have come.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(1_500);
    private static readonly string Embed = PageFile.ReadScript("embed.js");
    private static readonly string Look = PageFile.ReadScript("look.js");

    private IFrame Frame => page.MainFrame.ChildFrames[0];

    /// <summary>Opens the dashboard; returns once all of its charts stand still.</summary>
    /// <exception cref="RenderingException">It is too tall, or no chart of it could be drawn.</exception>
    public async Task<DrawnPage> OpenAsync(RenderingRequest request, CancellationToken cancellationToken)
    {
        var mode = request.Theme?.Mode ?? "light";
        await page.EvaluateAsync(Embed, new
        {
            source = Source(request),
            origin = settings.Embed.GetLeftPart(UriPartial.Authority),
            token = request.Token,
            theme = request.Theme is null ? null : new { token = request.Theme.Tokens?.ToDictionary(entry => entry.Key, entry => Plain(entry.Value)) ?? [] },
            mode,
            language = request.Language ?? "en",
            lines = new[] { request.Title, request.Subtitle }.Where(line => !string.IsNullOrWhiteSpace(line)).ToArray(),
            height = FirstHeight,
        });
        var settled = await SettleAsync(cancellationToken);
        // What a document's frame of another origin has behind its text is left out else.
        await Frame.EvaluateAsync("() => document.documentElement.style.setProperty('print-color-adjust', 'exact')");
        return settled.Failed > 0 && settled.Failed == settled.Places
            ? throw new RenderingException(StopReason.NoChart)
            : new(await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight"), settled.Failed);
    }

    private async Task<PageLook> SettleAsync(CancellationToken cancellationToken)
    {
        var (calm, height, before) = (Stopwatch.StartNew(), 0, default(PageLook));
        while (before is not { IsDrawn: true } || calm.Elapsed < Settling)
        {
            await Task.Delay(Pause, cancellationToken);
            var look = await Frame.EvaluateAsync<PageLook>(Look);
            if (look.Height > limits.Height)
            {
                throw new RenderingException(StopReason.TooLarge);
            }

            if (Math.Max(look.Height, FirstHeight) > height)
            {
                height = Math.Max(look.Height, FirstHeight);
                await FitAsync(height);
            }

            // The code of a kind of chart comes when its rows have, and nothing turns meanwhile.
            if (!look.IsDrawn || !look.IsAs(before) || watch.LoadsCode)
            {
                calm.Restart();
            }

            before = look;
        }

        return before;
    }

    // All of it is in sight: a picture has nothing of a frame of another origin beyond that.
    private async Task FitAsync(int height)
    {
        var whole = await page.EvalOnSelectorAsync<int>(
            "iframe", "(frame, height) => { frame.style.height = `${height}px`; return document.documentElement.scrollHeight; }", height);
        await page.SetViewportSizeAsync(Picture.Width, whole);
    }

    private string Source(RenderingRequest request)
    {
        var filtered = request.NativeFilters is not null || request.Permalink is not null;
        return QueryHelpers.AddQueryString(new Uri(settings.Embed, $"embedded/{request.EmbeddedId}").ToString(), new Dictionary<string, string?>
        {
            ["uiConfig"] = Bare,
            ["show_filters"] = "true",
            ["expand_filters"] = filtered ? "true" : "false",
            ["native_filters"] = request.NativeFilters,
            ["permalink_key"] = request.Permalink,
            ["_l_"] = request.Language is null or "en" ? null : request.Language,
        });
    }

    private static object? Plain(System.Text.Json.JsonElement value) => value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Number => value.GetDouble(),
        System.Text.Json.JsonValueKind.String => value.GetString(),
        _ => null,
    };
}
