using System.Globalization;
using System.Net;

namespace EmbedStack.AppHost.Tests.Network;

/// <summary>A listening TCP socket and the process that holds it.</summary>
internal sealed record ListeningSocket(IPEndPoint EndPoint, int ProcessId, string ProcessName);

/// <summary>Reads Linux's /proc: which TCP sockets a tree of processes listens on.</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";

    /// <summary>The sockets of every process whose environment holds <paramref name="marker"/>, and of their descendants.</summary>
    public static IReadOnlyList<ListeningSocket> OfProcessTree(string marker)
    {
        var inodes = Table("/proc/net/tcp").Concat(Table("/proc/net/tcp6")).ToDictionary(row => row.Inode, row => row.EndPoint);
        var processes = Directory.GetDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .ToDictionary(id => id, Parent);
        var marked = processes.Keys.Where(id => id != Environment.ProcessId && Read(id, "environ").Contains(marker, StringComparison.Ordinal)).ToHashSet();
        while (processes.Where(p => marked.Contains(p.Value) && marked.Add(p.Key)).Any())
        {
        }

        return [.. marked.SelectMany(id => Inodes(id).Where(inodes.ContainsKey).Select(inode => new ListeningSocket(inodes[inode], id, Read(id, "comm").Trim())))];
    }

    private static int Parent(int id)
    {
        // /proc/<pid>/stat: "pid (name) state ppid …"; the name may hold spaces and brackets.
        var stat = Read(id, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static IEnumerable<string> Inodes(int id)
    {
        string[] descriptors;
        try
        {
            descriptors = Directory.GetFiles($"/proc/{id}/fd");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var descriptor in descriptors)
        {
            var target = new FileInfo(descriptor).LinkTarget;
            if (target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
            {
                yield return target["socket:[".Length..^1];
            }
        }
    }

    // Rows: "sl local_address rem_address st … inode"; an address is hex words in host order, then ":port".
    private static IEnumerable<(string Inode, IPEndPoint EndPoint)> Table(string path) =>
        File.ReadLines(path).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == Listening)
            .Select(fields => (fields[9], EndPoint(fields[1])));

    private static IPEndPoint EndPoint(string text)
    {
        var (address, port) = (text[..text.IndexOf(':', StringComparison.Ordinal)], text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var bytes = Convert.FromHexString(address);
        for (var word = 0; word < bytes.Length; word += 4)
        {
            Array.Reverse(bytes, word, 4);
        }

        return new IPEndPoint(new IPAddress(bytes), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
