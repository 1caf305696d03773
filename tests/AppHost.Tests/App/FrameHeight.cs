using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>How tall a dashboard's frame is, and what is drawn in it.</summary>
internal static class FrameHeight
{
    // Below the last charts Superset leaves some room, and the bar with the filters a little more.
    private const int MostRoom = 120;
    private const int Looks = 4;
    private const string Drawn =
        "() => Math.max(...[...document.querySelectorAll('[data-test=\"grid-content\"]')].map(grid => grid.getBoundingClientRect().bottom + scrollY))";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // Longer than the component's pause between two looks.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Waits until the frame neither cuts what is drawn nor is much taller, has a height that is wanted, and stays as it is for
    /// several looks: pages tell of tabs late.
    /// </summary>
    /// <returns>The height in pixels.</returns>
    public static async Task<double> SettledAsync(IPage page, string dashboard, Func<double, bool>? isWanted = null)
    {
        var region = page.GetByRole(AriaRole.Region, new() { Name = dashboard });
        var seen = new List<(double Frame, double Drawn)>();
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; await Task.Delay(Pause, TestContext.Current.CancellationToken))
        {
            var drawn = await region.FrameLocator("iframe").Locator("body").EvaluateAsync<double>(Drawn);
            seen.Add((await region.Locator("iframe").EvaluateAsync<double>("frame => frame.clientHeight"), drawn));
            if (seen.Count >= Looks && seen.TakeLast(Looks).All(look => look == seen[^1] && Fits(look)) && isWanted?.Invoke(seen[^1].Frame) != false)
            {
                return seen[^1].Frame;
            }
        }

        throw new TimeoutException($"The frame of {dashboard} does not settle (its height, what is drawn): {string.Join(", ", seen)}");
    }

    private static bool Fits((double Frame, double Drawn) look) => look.Drawn <= look.Frame && look.Frame <= look.Drawn + MostRoom;
}
