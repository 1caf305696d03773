using EmbedStack.ServiceDefaults.Jobs;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EmbedStack.Authoring.Assets;

/// <summary>The dashboards of <c>catalog.yaml</c>, UUID by key, in the file's order; and the keys of its datasets.</summary>
internal sealed class Catalogue
{
    private readonly List<KeyValuePair<string, Guid>> _dashboards;

    private Catalogue(List<KeyValuePair<string, Guid>> dashboards, IReadOnlyDictionary<Guid, string> datasets) => (_dashboards, Datasets) = (dashboards, datasets);

    public IEnumerable<string> Keys => _dashboards.Select(entry => entry.Key);

    /// <summary>Keys of datasets that have rules, by UUID.</summary>
    public IReadOnlyDictionary<Guid, string> Datasets { get; }

    /// <exception cref="JobException">The file is not what a catalogue looks like.</exception>
    public static Catalogue Read(string path)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(path);
        try
        {
            yaml.Load(reader);
            var root = (YamlMappingNode)yaml.Documents[0].RootNode;
            return new Catalogue([.. Entries(root, "dashboards")], Entries(root, "datasets").ToDictionary(entry => entry.Value, entry => entry.Key));
        }
        catch (Exception e) when (e is YamlException or InvalidCastException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new JobException($"{Path.GetFileName(path)} is no catalogue: {e.Message}. Next: ./embedstack dashboard lint", e);
        }
    }

    /// <exception cref="JobException">No dashboard has this key.</exception>
    public Guid this[string key] => Find(key) ?? throw new JobException($"the catalogue has no dashboard '{key}', only: {string.Join(", ", Keys)}");

    /// <summary>The dashboard's UUID, where the key is there.</summary>
    public Guid? Find(string key) => _dashboards.Where(entry => entry.Key == key).Select(entry => (Guid?)entry.Value).FirstOrDefault();

    private static IEnumerable<KeyValuePair<string, Guid>> Entries(YamlMappingNode root, string kind) =>
        root.Children.TryGetValue(kind, out var entries)
            ? ((YamlSequenceNode)entries).Select(entry => KeyValuePair.Create(Text(entry, "key"), Guid.Parse(Text(entry, "uuid"))))
            : [];

    private static string Text(YamlNode entry, string name) => ((YamlScalarNode)entry[name]).Value!;
}
