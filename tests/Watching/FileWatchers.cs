using Microsoft.Extensions.Configuration;

namespace EmbedStack.Tests.Watching;

/// <summary>What this process watches.</summary>
internal static class FileWatchers
{
    /// <summary>Fails where a host watches one of its settings files, and where this process watches any file at all.</summary>
    public static void AssertNone(IConfiguration configuration)
    {
        var files = ((IConfigurationBuilder)configuration).Sources.OfType<FileConfigurationSource>().ToArray();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => file.ReloadOnChange);
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain("anon_inode:inotify", Directory.GetFiles("/proc/self/fd").Select(handle => new FileInfo(handle).LinkTarget));
        }
    }
}
