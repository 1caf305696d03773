using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace EmbedStack.Renderer.Browser;

/// <summary>The operating system's view of a browser.</summary>
internal sealed class ChromiumProcesses
{
    // Of Linux' account of a process, in kB.
    private static readonly string[] Own = ["RssAnon:", "RssShmem:"];
    private readonly IBrowser _browser;
    private readonly ICDPSession _session;
    private readonly int _root;

    private ChromiumProcesses(IBrowser browser, ICDPSession session, int root) => (_browser, _session, _root) = (browser, session, root);

    public static async Task<ChromiumProcesses> OfAsync(IBrowser browser)
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        return new(browser, session, (await ListAsync(session)).Single(process => process.IsRoot).Id);
    }

    /// <summary>Bytes that they have together, without the program's own files where the system tells them apart.</summary>
    public async Task<long> MeasureAsync() => (await ListAsync(_session)).Sum(process => MemoryOf(process.Id));

    public void Kill()
    {
        // Once it has ended, its number may be another's.
        if (!_browser.IsConnected)
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(_root);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or AggregateException)
        {
            // It, or a process of it, has ended meanwhile.
        }
    }

    private static long MemoryOf(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return File.ReadLines($"/proc/{id}/status").Where(line => Own.Any(name => line.StartsWith(name, StringComparison.Ordinal)))
                    .Sum(line => long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
            }

            using var process = Process.GetProcessById(id);
            return process.WorkingSet64;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException)
        {
            return 0; // it has ended meanwhile
        }
    }

    private static async Task<IReadOnlyList<(int Id, bool IsRoot)>> ListAsync(ICDPSession session)
    {
        var answer = await session.SendAsync("SystemInfo.getProcessInfo") ?? default;
        return
        [
            .. answer.GetProperty("processInfo").EnumerateArray()
                .Select(process => (process.GetProperty("id").GetInt32(), process.GetProperty("type").GetString() == "browser")),
        ];
    }
}
