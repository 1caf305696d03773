using System.Diagnostics;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Template.Tests;

/// <summary>A folder that the template filled.</summary>
/// <param name="folder">The folder.</param>
/// <param name="name">What it was to be named; its script is named so, too.</param>
internal sealed class GeneratedProject(string folder, string name) : IDisposable
{
    private static readonly string[] Binary = [".png"];
    private static readonly string[] WithoutNames = ["venv", "keycloak", "node"];

    public string Folder => folder;

    /// <summary>Its script's path, where the name was one that the template takes as it is.</summary>
    public string Script => PathOf(name.ToLowerInvariant());

    /// <summary>Its files, relative to its root.</summary>
    public IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    /// <summary>The files that hold text.</summary>
    public IEnumerable<string> Texts => Files.Where(file => !Binary.Contains(Path.GetExtension(file)));

    public string PathOf(string file) => Path.Combine(folder, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Whether whoever owns it may run it.</summary>
    public bool CanRun(string file) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(PathOf(file)).HasFlag(UnixFileMode.UserExecute);

    /// <summary>What the script's last step wrote, which goes with the folder otherwise.</summary>
    public string LatestLog()
    {
        var logs = new DirectoryInfo(PathOf($".{name.ToLowerInvariant()}/logs"));
        return logs.Exists && logs.GetFiles().MaxBy(log => log.LastWriteTimeUtc) is { } last ? $"\n{last.Name}:\n{File.ReadAllText(last.FullName)}" : "";
    }

    /// <summary>
    /// Takes over what this repository has set up already and what does not depend on names: Python, Keycloak, Node, as hard links.
    /// </summary>
    public async Task TakeSetUpAsync()
    {
        var state = Directory.CreateDirectory(PathOf($".{name.ToLowerInvariant()}"));
        foreach (var part in WithoutNames.Select(part => Path.Combine(Repository.State, part)).Where(Directory.Exists))
        {
            await RunAsync("/bin/sh", TimeSpan.FromMinutes(3), "-c", "cp -al \"$0\" \"$1\" 2>/dev/null || { rm -rf \"$1/$(basename \"$0\")\"; cp -a \"$0\" \"$1\"; }", part, state.FullName);
        }
    }

    /// <summary>Runs a program in the project, with nothing of this test's own environment that would lead it elsewhere.</summary>
    public async Task<ProcessRun> RunAsync(string program, TimeSpan timeout, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // The passwords of a stack that was up go with the folder: .NET keeps them here rather than in the home folder.
        start.Environment["APPDATA"] = PathOf($".{name.ToLowerInvariant()}/settings");
        // A machine under test is slower than one that starts a stack alone.
        start.Environment[$"{name.ToUpperInvariant()}_START_TIMEOUT"] = "1200";
        start.Environment["EMBEDSTACK_ASPIRE"] = Repository.Aspire;
        if (Repository.Aspire == "offline")
        {
            start.Environment["EmbedStackOfflineRoot"] = Repository.PathOf("offline");
            start.Environment["EmbedStackToolsDirectory"] = Repository.State;
        }

        return await ProcessRun.OfAsync(start, timeout);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
