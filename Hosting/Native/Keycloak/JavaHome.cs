using System.Globalization;

namespace Aspire.Hosting.Native.Keycloak;

/// <summary>Finds a Java that Keycloak runs on.</summary>
internal static class JavaHome
{
    private const int OldestMajor = 17;
    private const string DistributionFolder = "/usr/lib/jvm";

    public static string? Find() => Candidates().FirstOrDefault(home => MajorOf(home) >= OldestMajor);

    public static string? Problem() =>
        Find() is null ? $"there is no Java {OldestMajor} or newer in JAVA_HOME, on the PATH or in {DistributionFolder}" : null;

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } named)
        {
            yield return named;
        }

        foreach (var java in SearchPath.FindAll("java"))
        {
            var program = File.ResolveLinkTarget(java, returnFinalTarget: true)?.FullName ?? java;
            yield return Path.GetDirectoryName(Path.GetDirectoryName(program))!;
        }

        if (Directory.Exists(DistributionFolder))
        {
            foreach (var home in Directory.EnumerateDirectories(DistributionFolder).Order(StringComparer.Ordinal))
            {
                yield return home;
            }
        }
    }

    // The file "release" of every Java since 9 has a line such as JAVA_VERSION="17.0.15".
    private static int MajorOf(string home)
    {
        var release = Path.Combine(home, "release");
        if (!File.Exists(release) || !File.Exists(Path.Combine(home, "bin", "java")))
        {
            return 0;
        }

        var version = File.ReadLines(release)
            .Select(line => line.Split('=', 2))
            .FirstOrDefault(pair => pair is ["JAVA_VERSION", _])?[1]
            .Trim('"');
        return int.TryParse(version?.Split('.', '-', '+')[0], CultureInfo.InvariantCulture, out var major) ? major : 0;
    }
}
