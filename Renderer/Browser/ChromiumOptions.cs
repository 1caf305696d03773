using Microsoft.Playwright;

namespace EmbedStack.Renderer.Browser;

/// <summary>How Chromium starts: driven by a pipe, with the embed origin for all of its network.</summary>
internal static class ChromiumOptions
{
    private const float StartMilliseconds = 30_000;
    private const int HeapMegabytes = 1024;

    // Chromium needs no more of its environment than this: the key of the renderer stands there too.
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "FONTCONFIG_PATH", "FONTCONFIG_FILE"];

    public static BrowserTypeLaunchOptions For(RendererSettings settings, string path) => new()
    {
        ExecutablePath = path,
        Timeout = StartMilliseconds,
        ChromiumSandbox = settings.Sandbox,
        Env = Inherited.Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name)))
            .Where(variable => variable.Value is not null)
            .Select(variable => KeyValuePair.Create(variable.Key, variable.Value!)),
        Args =
        [
            $"--host-resolver-rules=MAP {Place(settings.Embed)} {Place(settings.EmbedAddress)},MAP * ~NOTFOUND",
            "--no-proxy-server", "--disable-quic", "--dns-prefetch-disable", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", // what a headless shell calls it
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            $"--js-flags=--max-old-space-size={HeapMegabytes}",
            .. settings.KeyPin is { } pin ? [$"--ignore-certificate-errors-spki-list={pin}"] : Array.Empty<string>(),
        ],
    };

    private static string Place(Uri origin) => $"{origin.Host}:{origin.Port}";
}
