using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Assets;

/// <summary>The assets under review: files that keep their names, whatever Superset calls them.</summary>
internal sealed class AssetFolder(string root)
{
    private static readonly string[] Kinds = ["datasets", "charts", "dashboards"];

    /// <summary>Where it lies.</summary>
    public string Root => root;

    /// <summary>All texts of datasets, charts and dashboards, by name.</summary>
    public IReadOnlyDictionary<string, string> Read() => Kinds
        .Select(kind => Path.Combine(root, kind))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
        .ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>Has the files say what is new of them; the others are left alone.</summary>
    public void Apply(IEnumerable<AssetChange> changes)
    {
        foreach (var change in changes)
        {
            Write(root, change.Name, change.After);
        }
    }

    /// <summary>A folder elsewhere, as this one would be after the changes.</summary>
    public void CopyTo(string other, IEnumerable<AssetChange> changes)
    {
        // The catalogue and what else stands beside the kinds.
        foreach (var file in Directory.EnumerateFiles(root, "*.yaml"))
        {
            File.Copy(file, Path.Combine(other, Path.GetFileName(file)));
        }

        foreach (var (name, text) in Read())
        {
            Write(other, name, text);
        }

        new AssetFolder(other).Apply(changes);
    }

    private static void Write(string root, string name, string? text)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        if (!path.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new JobException($"'{name}' is no file of the assets");
        }

        if (text is null)
        {
            File.Delete(path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
