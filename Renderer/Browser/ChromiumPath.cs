using Microsoft.Playwright;

namespace EmbedStack.Renderer.Browser;

/// <summary>Which Chromium there is: the one that is configured, Playwright's own, or the machine's.</summary>
internal static class ChromiumPath
{
    private static readonly string[] Names = ["chromium", "google-chrome", "chromium-browser"];

    public static string? Find(RendererSettings settings, IPlaywright playwright) =>
        settings.Chromium
        ?? (File.Exists(playwright.Chromium.ExecutablePath) ? playwright.Chromium.ExecutablePath : null)
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
