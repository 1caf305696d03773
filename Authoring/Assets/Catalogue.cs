using EmbedStack.ServiceDefaults.Jobs;
using YamlDotNet.RepresentationModel;

namespace EmbedStack.Authoring.Assets;

/// <summary>The dashboards of <c>catalog.yaml</c>: UUID by key, in the file's order.</summary>
internal sealed class Catalogue
{
    private readonly List<KeyValuePair<string, Guid>> _dashboards;

    private Catalogue(List<KeyValuePair<string, Guid>> dashboards) => _dashboards = dashboards;

    public IEnumerable<string> Keys => _dashboards.Select(entry => entry.Key);

    public static Catalogue Read(string path)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(path);
        yaml.Load(reader);
        var dashboards = (YamlSequenceNode)yaml.Documents[0].RootNode["dashboards"];
        return new Catalogue([.. dashboards.Select(entry => KeyValuePair.Create(Text(entry, "key"), Guid.Parse(Text(entry, "uuid"))))]);
    }

    /// <exception cref="JobException">No dashboard has this key.</exception>
    public Guid this[string key] => Keys.Contains(key)
        ? _dashboards.First(entry => entry.Key == key).Value
        : throw new JobException($"the catalogue has no dashboard '{key}', only: {string.Join(", ", Keys)}");

    private static string Text(YamlNode entry, string name) => ((YamlScalarNode)entry[name]).Value!;
}
