using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native.Postgres;

/// <summary>Where PostgreSQL's programs are, or why none of those found will do.</summary>
internal sealed partial record PostgresBinaries(string? Directory, string? Problem)
{
    private const int OldestMajor = 15;
    private const string DistributionFolders = "/usr/lib/postgresql";

    public static PostgresBinaries Find(NativePostgresServerResource server)
    {
        var candidates = server.Binaries is { } chosen ? [chosen] : Candidates().Distinct().ToList();
        var found = (from folder in candidates
                     let major = MajorOf(folder)
                     where major >= OldestMajor
                     orderby major descending
                     select (Folder: folder, Major: major)).ToList();

        if (found.Count == 0)
        {
            return new(null, $"there is no PostgreSQL {OldestMajor} or newer on the PATH or in {DistributionFolders}");
        }

        if (Environment.IsPrivilegedProcess && ServerUserProblem() is { } problem)
        {
            return new(null, problem);
        }

        if (MajorOfData(server.DataDirectory) is not { } dataMajor)
        {
            return new(found[0].Folder, null);
        }

        return found.FirstOrDefault(binaries => binaries.Major == dataMajor).Folder is { } fitting
            ? new(fitting, null)
            : new(null, $"the data in {server.DataDirectory} were made by PostgreSQL {dataMajor}, and only {string.Join(", ", found.Select(f => f.Major))} is there");
    }

    private static IEnumerable<string> Candidates()
    {
        foreach (var program in SearchPath.FindAll("initdb"))
        {
            yield return Path.GetDirectoryName(program)!;
        }

        if (System.IO.Directory.Exists(DistributionFolders))
        {
            foreach (var version in System.IO.Directory.EnumerateDirectories(DistributionFolders))
            {
                yield return Path.Combine(version, "bin");
            }
        }
    }

    private static int MajorOf(string folder)
    {
        var postgres = Path.Combine(folder, "postgres");
        if (!File.Exists(postgres) || !File.Exists(Path.Combine(folder, "initdb")))
        {
            return 0;
        }

        using var process = Process.Start(new ProcessStartInfo(postgres, "--version") { RedirectStandardOutput = true })!;
        var version = Number().Match(process.StandardOutput.ReadToEnd()).Value;
        process.WaitForExit();
        return int.TryParse(version, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }

    private static int? MajorOfData(string dataDirectory)
    {
        var version = Path.Combine(dataDirectory, "PG_VERSION");
        return File.Exists(version) && int.TryParse(File.ReadAllText(version), CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    private static string? ServerUserProblem() =>
        !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "it refuses to run as root, and there is no user 'postgres' to run it as"
            : SearchPath.Problem("setpriv");

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
