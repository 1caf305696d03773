using Microsoft.Playwright;

namespace EmbedStack.Authoring.Browser;

/// <summary>The Chromium that this machine has: Playwright brings none.</summary>
internal static class SystemChromium
{
    private static readonly string[] Names = ["chromium", "google-chrome", "chromium-browser"];

    /// <exception cref="InvalidOperationException">There is none on PATH.</exception>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] more) => LaunchAsync(playwright, without: [], more);

    /// <summary>The same, without some of the arguments that Playwright gives it.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string[] without, string[] more) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Executable(),
        // Chromium refuses its sandbox to root.
        ChromiumSandbox = Environment.UserName != "root",
        IgnoreDefaultArgs = without,
        Args = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", .. more],
    });

    /// <summary>The option with which Chromium accepts one key, whoever vouches for it, and others as ever.</summary>
    public static string Accepting(string keyPin) => $"--ignore-certificate-errors-spki-list={keyPin}";

    private static string Executable() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium on PATH. ./embedstack test installs it.");
}
