using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;

namespace EmbedStack.AppHost.Runtime;

/// <summary>The data of runs that keep none: one folder a run, deleted at its end.</summary>
internal static class ThrowAwayDirectory
{
    private const string Prefix = "embedstack-run-";

    // Postgres runs as another user where the caller is root, and must be able to reach its folder in here.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string NewPath() => Path.Combine(
        Path.GetTempPath(),
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));

    /// <summary>Makes the folder when the application starts and deletes it once everything has stopped.</summary>
    public static void AddThrowAwayDirectory(this IDistributedApplicationBuilder builder, string path)
    {
        builder.Eventing.Subscribe<BeforeStartEvent>((@event, _) =>
        {
            SweepDeadRuns();
            Create(path);
            ((IHostApplicationLifetime)@event.Services.GetService(typeof(IHostApplicationLifetime))!)
                .ApplicationStopped.Register(() => Delete(path));
            return Task.CompletedTask;
        });
    }

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
