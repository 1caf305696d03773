using System.Globalization;

namespace EmbedStack.Offline.Tests;

/// <summary>The engine's processes that watch over an AppHost, and everything that they started.</summary>
internal static class EngineProcesses
{
    public static IReadOnlySet<int> Of(int appHost)
    {
        var processes = All().ToArray();
        var found = processes
            .Where(process => process.Arguments is [var program, ..] && Path.GetFileName(program) == "dcp" && IsMonitoring(process.Arguments, appHost))
            .Select(process => process.Id)
            .ToHashSet();
        for (var before = -1; before != found.Count;)
        {
            before = found.Count;
            found.UnionWith(processes.Where(process => found.Contains(process.Parent)).Select(process => process.Id));
        }

        return found;
    }

    public static bool IsAlive(int id) => Read(id) is { State: not 'Z' };

    private static bool IsMonitoring(string[] arguments, int appHost)
        => arguments.SkipWhile(argument => argument != "--monitor").Skip(1).FirstOrDefault() == appHost.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Entry> All() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? Read(id) : null)
        .OfType<Entry>();

    private static Entry? Read(int id)
    {
        try
        {
            // The name, in parentheses, may hold spaces.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var arguments = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return new(id, fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture), arguments);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Entry(int Id, char State, int Parent, string[] Arguments);
}
