using System.Globalization;

namespace EmbedStack.Renderer.Tests;

/// <summary>The processes that this one started, and those that they did, by Linux' own list.</summary>
internal static class ChildProcesses
{
    public static IReadOnlyList<(int Id, string CommandLine)> OfThisOne()
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        var found = new List<(int, string)>();
        Add(Environment.ProcessId);
        return found;

        void Add(int parent)
        {
            foreach (var child in all[parent])
            {
                found.Add((child, Read(child, "cmdline").Replace('\0', ' ')));
                Add(child);
            }
        }
    }

    // The name may hold spaces and brackets; what follows it does not.
    private static int ParentOf(int id) =>
        Read(id, "stat") is { Length: > 0 } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
