using System.Diagnostics;
using System.Reflection;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Repository.Tests;

/// <summary>The repository's own files, as git knows them: what a build leaves behind is none.</summary>
internal static class Repository
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Paths of the files below the root; new ones too that are not ignored.</summary>
    public static Lazy<IReadOnlyList<string>> Files { get; } = new(() =>
        [.. RunAsync("git", "ls-files", "--cached", "--others", "--exclude-standard").GetAwaiter().GetResult().Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(PathOf(file)))]);

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Runs a program in the root.</summary>
    public static Task<ProcessRun> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Root };
        return ProcessRun.OfAsync(start, Timeout);
    }
}
