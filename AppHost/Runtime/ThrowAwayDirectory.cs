using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace EmbedStack.AppHost.Runtime;

/// <summary>The data of a run that keeps none: a folder that goes with the application.</summary>
internal sealed class ThrowAwayDirectory : IDisposable
{
    private const string Prefix = "embedstack-run-";

    // Postgres runs as another user where the caller is root, and must be able to reach its folder in here.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _path;

    public ThrowAwayDirectory(string path)
    {
        SweepDeadRuns();
        Create(path);
        _path = path;
        // Run() disposes of nothing, and a start that is interrupted ends without ApplicationStopped.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    public static string NewPath() => Path.Combine(
        Path.GetTempPath(),
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));

    public void Dispose() => Delete(_path);

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, Mode);
        File.SetUnixFileMode(path, Mode);
    }

    // A killed run leaves its folder behind. The name holds the process it belonged to.
    private static void SweepDeadRuns()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !IsRunning(id))
            {
                Delete(folder);
            }
        }
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was written.
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"embedstack: {path} could not be deleted: {problem.Message}");
        }
    }
}
