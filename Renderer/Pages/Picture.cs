using System.Globalization;
using EmbedStack.Renderer.Requests;
using Microsoft.Playwright;

namespace EmbedStack.Renderer.Pages;

/// <summary>What becomes of a page that is drawn.</summary>
internal static class Picture
{
    /// <summary>Pixels that dashboards are wide.</summary>
    public const int Width = 1440;

    /// <summary>Device's pixels for one of the page's, where a picture may have so many.</summary>
    public const int Sharpness = 2;

    private const int Million = 1_000_000;

    // As much as the Api takes.
    private const int MostBytes = 64 * Million;

    public static async Task<byte[]> TakeAsync(IPage page, string format, int height, RenderingLimits limits)
    {
        var (pixels, most) = ((long)Width * height, (long)limits.Megapixels * Million);
        if (pixels > most)
        {
            throw new RenderingException(StopReason.TooLarge);
        }

        var picture = await (format == Formats.Pdf ? PrintAsync(page, height) : ShootAsync(page, isSharp: pixels * Sharpness * Sharpness <= most));
        return picture.Length <= MostBytes ? picture : throw new RenderingException(StopReason.TooLarge);
    }

    // One page as large as the dashboard: its charts stand where they stand, and none is cut.
    private static Task<byte[]> PrintAsync(IPage page, int height) => page.PdfAsync(new()
    {
        Width = string.Create(CultureInfo.InvariantCulture, $"{Width}px"),
        Height = string.Create(CultureInfo.InvariantCulture, $"{height}px"),
        PrintBackground = true,
        PageRanges = "1",
        Tagged = true,
    });

    private static Task<byte[]> ShootAsync(IPage page, bool isSharp) => page.ScreenshotAsync(new()
    {
        Scale = isSharp ? ScreenshotScale.Device : ScreenshotScale.Css,
        Animations = ScreenshotAnimations.Disabled,
    });
}
