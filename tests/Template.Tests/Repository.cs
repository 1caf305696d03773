using System.Diagnostics;
using System.Reflection;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Template.Tests;

/// <summary>This repository: what the template is packed from.</summary>
internal static class Repository
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary><c>nuget</c> or <c>offline</c>: what this repository was built on, and what its products are built on.</summary>
    public static string Aspire { get; } = Metadata("Aspire");

    /// <summary>What <c>.embedstack</c> holds of a folder's set-up, where the script set this repository up.</summary>
    public static string State { get; } = Path.Combine(Root, ".embedstack");

    public static string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>The files that Git tracks and that are there, with Git's mode of each.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> TrackedAsync()
    {
        var run = await ProcessRun.OfAsync(new ProcessStartInfo("git", ["ls-files", "--stage"]) { WorkingDirectory = Root }, Timeout);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(parts => File.Exists(PathOf(parts[1])))
            .ToDictionary(parts => parts[1], parts => parts[0].Split(' ')[0]);
    }

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
