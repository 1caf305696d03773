using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace EmbedStack.Hosting.Tests;

internal static class Listeners
{
    public static IEnumerable<IPAddress> Of(int port) =>
        from endpoint in IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
        where endpoint.Port == port
        select endpoint.Address;

    public static string CommandLinesBelow(int process) =>
        string.Join('\n', Tree(process).Select(id => Read($"/proc/{id}/cmdline").Replace('\0', ' ')));

    private static IEnumerable<int> Tree(int process) =>
        Read($"/proc/{process}/task/{process}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(child => Tree(int.Parse(child, CultureInfo.InvariantCulture)))
            .Prepend(process);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // The process has ended.
            return "";
        }
    }
}
