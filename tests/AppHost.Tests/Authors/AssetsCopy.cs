using System.Reflection;
using System.Text.RegularExpressions;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary>The repository's dashboards as files, in a folder of a test's own.</summary>
internal sealed partial class AssetsCopy : IDisposable
{
    private static readonly string Source =
        typeof(AssetsCopy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Assets").Value!;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("embedstack-assets-");

    public AssetsCopy()
    {
        foreach (var (name, text) in Read(Source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, name))!);
            File.WriteAllText(Path.Combine(Root, name), text);
        }
    }

    public string Root => folder.FullName;

    /// <summary>Takes a chart's stored query away: so a chart looks before it is recorded.</summary>
    public void MakeDraft(string chart)
    {
        var file = Path.Combine(Root, chart);
        var draft = StoredQuery().Replace(File.ReadAllText(file), "query_context: null\n");
        Assert.Contains("query_context: null\n", draft, StringComparison.Ordinal);
        File.WriteAllText(file, draft);
    }

    /// <summary>Adds a dashboard by the entry that <c>pull</c> printed, for one role.</summary>
    public void AddToCatalogue(string printed, string role)
    {
        var entry = PrintedEntry().Match(printed);
        Assert.True(entry.Success, printed);
        var file = Path.Combine(Root, "catalog.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("dashboards:\n", $"dashboards:\n{entry.Value.Replace("[]", $"[{role}]", StringComparison.Ordinal)}", StringComparison.Ordinal));
    }

    /// <summary>Files that differ from the repository's by a byte, or that it has not.</summary>
    public IEnumerable<string> Changed()
    {
        var (copied, stored) = (Read(Root), Read(Source));
        return copied.Keys.Union(stored.Keys).Where(name => copied.GetValueOrDefault(name) != stored.GetValueOrDefault(name));
    }

    /// <summary>How many lines of a file the repository has otherwise.</summary>
    public int ChangedLines(string name) =>
        File.ReadLines(Path.Combine(Root, name)).Zip(File.ReadLines(Path.Combine(Source, name))).Count(lines => lines.First != lines.Second)
        + Math.Abs(File.ReadLines(Path.Combine(Root, name)).Count() - File.ReadLines(Path.Combine(Source, name)).Count());

    public void Dispose() => folder.Delete(recursive: true);

    private static Dictionary<string, string> Read(string root) =>
        Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText);

    [GeneratedRegex(@"^  - key: (.*\n)+?    roles: \[\]\n", RegexOptions.Multiline)]
    private static partial Regex PrintedEntry();

    [GeneratedRegex(@"^query_context: \|-\n(  .*\n)+", RegexOptions.Multiline)]
    private static partial Regex StoredQuery();
}
