using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Assets;

/// <summary>Texts of assets by file name, held against what Superset has.</summary>
internal sealed class AssetTexts
{
    private readonly SortedDictionary<string, string> _texts;

    public AssetTexts(IEnumerable<KeyValuePair<string, string>> texts) => _texts = new(texts.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The same, with a dashboard as Superset exports it: known assets keep their names, charts that no dashboard shows any more go.</summary>
    /// <exception cref="JobException">Two files are of one asset, or a new one of no known kind.</exception>
    public AssetTexts With(string key, Export export)
    {
        var names = Names();
        var result = new AssetTexts(_texts);
        var shown = names.TryGetValue(export.Dashboard, out var file) ? AssetText.UuidsIn(_texts[file]).ToHashSet() : [];
        foreach (var (uuid, text) in export.Texts.OrderBy(entry => entry.Key))
        {
            result._texts[names.GetValueOrDefault(uuid) ?? result.FreeName(text, key)] = text;
        }

        var stillShown = result._texts.Where(entry => Is("dashboards", entry.Key)).SelectMany(entry => AssetText.UuidsIn(entry.Value)).ToHashSet();
        foreach (var (uuid, name) in names.Where(entry => Is("charts", entry.Value) && shown.Contains(entry.Key) && !stillShown.Contains(entry.Key)))
        {
            result._texts.Remove(name);
        }

        return result;
    }

    /// <summary>What must change in <paramref name="before"/> to become these.</summary>
    public IReadOnlyList<AssetChange> ChangesSince(AssetTexts before) =>
    [
        .. _texts.Keys.Union(before._texts.Keys)
            .Select(name => new AssetChange(name, before._texts.GetValueOrDefault(name), _texts.GetValueOrDefault(name)))
            .Where(change => change.Before != change.After)
            .OrderBy(change => change.Name, StringComparer.Ordinal),
    ];

    /// <summary>A dashboard's own files: itself, its charts, and their datasets.</summary>
    /// <exception cref="JobException">No file is of this dashboard.</exception>
    public IReadOnlyDictionary<string, string> Of(string key, Guid dashboard) =>
        Reached(dashboard) is { Count: > 0 } own ? own : throw new JobException($"no file is of dashboard '{key}'. Next: ./embedstack dashboard pull {key}");

    /// <summary>The charts among them; none where no file is of this dashboard.</summary>
    public IEnumerable<string> ChartsOf(Guid dashboard) => Reached(dashboard).Where(file => Is("charts", file.Key)).Select(file => file.Value);

    private Dictionary<string, string> Reached(Guid dashboard)
    {
        var names = Names();
        Dictionary<string, string> own = [];
        Stack<Guid> waiting = new([dashboard]);
        while (waiting.TryPop(out var uuid))
        {
            if (names.TryGetValue(uuid, out var name) && own.TryAdd(name, _texts[name]))
            {
                foreach (var named in AssetText.UuidsIn(_texts[name]))
                {
                    waiting.Push(named);
                }
            }
        }

        return own;
    }

    private static bool Is(string kind, string name) => name.StartsWith(kind + "/", StringComparison.Ordinal);

    private Dictionary<Guid, string> Names()
    {
        Dictionary<Guid, string> names = [];
        foreach (var (name, text) in _texts)
        {
            if (AssetText.UuidOf(text) is not { } uuid)
            {
                throw new JobException($"{name} has no uuid of its own");
            }

            if (!names.TryAdd(uuid, name))
            {
                throw new JobException($"{names[uuid]} and {name} have one uuid");
            }
        }

        return names;
    }

    private string FreeName(string text, string key)
    {
        var name = AssetText.NewName(text, key) ?? throw new JobException($"Superset's export of '{key}' has a text of no known kind");
        return Enumerable.Range(1, Export.MostTexts + 1)
            .Select(number => number == 1 ? $"{name}.yaml" : $"{name}_{number}.yaml")
            .First(free => !_texts.ContainsKey(free));
    }
}
