using System.Text.RegularExpressions;

namespace EmbedStack.Authoring.Assets;

/// <summary>The assets under review: files that keep their names, whatever Superset calls them.</summary>
internal sealed partial class AssetFolder(string root)
{
    private static readonly string[] Kinds = ["datasets", "charts", "dashboards"];

    /// <summary>All texts of datasets, charts and dashboards, by name.</summary>
    public IReadOnlyDictionary<string, string> Read() => Kinds
        .Select(kind => Path.Combine(root, kind))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
        .ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>Writes texts, by the UUID of what they say; tells which files changed.</summary>
    public IReadOnlyList<string> Write(IReadOnlyDictionary<Guid, string> texts, string dashboard)
    {
        var names = Read().ToDictionary(file => UuidOf(file.Value), file => file.Key);
        List<string> changed = [];
        foreach (var (uuid, text) in texts)
        {
            var name = names.GetValueOrDefault(uuid) ?? NewName(text, dashboard);
            var path = Path.Combine(root, name);
            if (!File.Exists(path) || File.ReadAllText(path) != text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
                changed.Add(name);
            }
        }

        return changed;
    }

    private static Guid UuidOf(string text) => Guid.Parse(Uuid().Match(text).Groups[1].Value);

    private static string NewName(string text, string dashboard)
    {
        var title = Title().Match(text);
        var slug = NoLetter().Replace(title.Groups[2].Value.ToLowerInvariant(), "-").Trim('-');
        return title.Groups[1].Value switch
        {
            "slice_name" => $"charts/{dashboard}/{slug}.yaml",
            "table_name" => $"datasets/clinic/{slug}.yaml",
            _ => $"dashboards/{dashboard}.yaml",
        };
    }

    [GeneratedRegex("^uuid: '?([0-9a-f-]{36})", RegexOptions.Multiline)]
    private static partial Regex Uuid();

    [GeneratedRegex("^(slice_name|table_name|dashboard_title): (.*)$", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetter();
}
