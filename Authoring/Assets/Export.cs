using System.Text.Json;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Assets;

/// <summary>A dashboard with its charts and datasets, as Superset writes them; looked at before any of it becomes a file.</summary>
internal sealed class Export
{
    /// <summary>More than any dashboard has.</summary>
    public const int MostTexts = 200;

    /// <summary>Characters of one text; the largest dashboards have fifty thousand.</summary>
    public const int LongestText = 1_000_000;

    private Export(Guid dashboard, IReadOnlyDictionary<Guid, string> texts) => (Dashboard, Texts) = (dashboard, texts);

    public Guid Dashboard { get; }

    /// <summary>Texts by the UUID of what they say.</summary>
    public IReadOnlyDictionary<Guid, string> Texts { get; }

    /// <exception cref="JobException">The answer is not what an export looks like.</exception>
    public static Export Read(Guid dashboard, JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object)
        {
            throw Refused(dashboard, "is no list of texts");
        }

        Dictionary<Guid, string> texts = [];
        foreach (var entry in answer.EnumerateObject())
        {
            if (texts.Count == MostTexts)
            {
                throw Refused(dashboard, $"has more than {MostTexts} texts");
            }

            if (entry.Value.ValueKind is not JsonValueKind.String || !Guid.TryParseExact(entry.Name, "D", out var uuid))
            {
                throw Refused(dashboard, "has something that is no text of an asset");
            }

            var text = entry.Value.GetString()!;
            if (text.Length > LongestText)
            {
                throw Refused(dashboard, $"has a text of {text.Length} characters for {uuid}, {LongestText} are the most");
            }

            if (AssetText.UuidOf(text) != uuid || !texts.TryAdd(uuid, text))
            {
                throw Refused(dashboard, $"has a text of another asset under {uuid}");
            }
        }

        return texts.TryGetValue(dashboard, out var own) && AssetText.NewName(own, "") == "dashboards/"
            ? new Export(dashboard, texts)
            : throw Refused(dashboard, "lacks the dashboard itself");
    }

    private static JobException Refused(Guid dashboard, string cause) => new($"Superset's export of dashboard {dashboard} {cause}");
}
