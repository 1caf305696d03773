using System.Globalization;

namespace EmbedStack.Load.Edge;

/// <summary>What processes of one kind used: the Api, Superset's, and what they all stand on.</summary>
/// <param name="Name">Which.</param>
/// <param name="CpuSeconds">Processor time, that of children which have ended included.</param>
/// <param name="Megabytes">Memory of their own (RssAnon), at the end.</param>
/// <param name="ResidentMegabytes">Memory at the end with what they share with others, such as mapped libraries (VmRSS).</param>
/// <param name="PeakMegabytes">The most of that which each ever had since it started (VmHWM).</param>
internal sealed record ProcessUse(string Name, double CpuSeconds, double Megabytes, double ResidentMegabytes, double PeakMegabytes)
{
    private const double TicksPerSecond = 100; // Linux' USER_HZ

    private static readonly (string Name, string Part, bool IsOfRoot)[] Kinds =
    [
        ("api", "/bin/Api/release/Api", true), ("superset", "superset.app:create_app", false), ("kestrel", "Load.dll kestrel", true),
        ("generator", "Load.dll edge", true), ("apphost", "AppHost.dll", true), ("aspire dashboard", "Aspire.Dashboard", false), ("keycloak", "io.quarkus", false),
        ("keycloak", "quarkus-run", false), ("redis", "redis-server", false), ("postgres", "postgres: ", false), ("postgres", "bin/postgres ", false),
        ("vite", "vite", true),
    ];

    /// <summary>What all have used up to now.</summary>
    public static IReadOnlyList<ProcessUse> Now(string root) =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(folder => Read(folder, root)).OfType<ProcessUse>()
            .GroupBy(use => use.Name)
            .Select(kind => new ProcessUse(kind.Key, kind.Sum(use => use.CpuSeconds), kind.Sum(use => use.Megabytes), kind.Sum(use => use.ResidentMegabytes), kind.Sum(use => use.PeakMegabytes)))
            .OrderBy(use => use.Name)];

    /// <summary>What was used between two moments; memory as it is at the end.</summary>
    public static IReadOnlyList<ProcessUse> Between(IReadOnlyList<ProcessUse> before, IReadOnlyList<ProcessUse> after) =>
        [.. after.Select(use => use with { CpuSeconds = use.CpuSeconds - (before.FirstOrDefault(other => other.Name == use.Name)?.CpuSeconds ?? 0) })];

    private static ProcessUse? Read(string folder, string root)
    {
        try
        {
            var command = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
            var name = Kinds.FirstOrDefault(kind => command.Contains(kind.Part, StringComparison.Ordinal) && (!kind.IsOfRoot || command.Contains(root, StringComparison.Ordinal))).Name;
            if (name is null)
            {
                return null;
            }

            // After the name in brackets, which may hold anything: user and system time are the 12th and 13th, then ended children's.
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var memory = File.ReadLines(Path.Combine(folder, "status")).Select(line => line.Split((char[])[':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .Where(line => line is ["VmHWM" or "VmRSS" or "RssAnon", ..]).ToDictionary(line => line[0], line => Number(line[1]) / 1024);
            return new ProcessUse(name, fields[11..15].Sum(Number) / TicksPerSecond, memory["RssAnon"], memory["VmRSS"], memory["VmHWM"]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidOperationException or KeyNotFoundException)
        {
            return null; // it has just ended
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
