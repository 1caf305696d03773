using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EmbedStack.Tests.Postgres;

/// <summary>Where the programs of the newest PostgreSQL are, of those on the PATH and in the distributions' folders.</summary>
internal static partial class PostgresPrograms
{
    private static readonly string[] s_needed = ["postgres", "initdb", "pg_ctl"];
    private static readonly Lazy<string> s_folder = new(FindFolder);

    public static string Folder => s_folder.Value;

    private static string FindFolder() =>
        Candidates().Distinct()
            .Where(folder => s_needed.All(program => File.Exists(Path.Combine(folder, program))))
            .MaxBy(MajorOf)
        ?? throw new FileNotFoundException("PostgreSQL's server is neither on the PATH nor in /usr/lib/postgresql or /usr/pgsql-*.");

    private static IEnumerable<string> Candidates()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;

            // A link to the server alone, whose other programs stand beside its target.
            var server = Path.Combine(folder, "postgres");
            if (File.Exists(server) && File.ResolveLinkTarget(server, returnFinalTarget: true) is { } target)
            {
                yield return Path.GetDirectoryName(target.FullName)!;
            }
        }

        foreach (var version in FoldersIn("/usr/lib/postgresql", "*").Concat(FoldersIn("/usr", "pgsql-*")))
        {
            yield return Path.Combine(version, "bin");
        }
    }

    private static string[] FoldersIn(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern) : [];

    // Asked of the server itself: a folder's name need not hold the version, and as text 9 comes after 15.
    private static int MajorOf(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "postgres"), "--version") { RedirectStandardOutput = true })!;
        var version = Number().Match(process.StandardOutput.ReadToEnd()).Value;
        process.WaitForExit();
        return int.TryParse(version, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
