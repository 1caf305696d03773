using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EmbedStack.AppHost.Realms;

/// <summary>A realm's import file, with <c>${NAME}</c> where the model has a value.</summary>
internal sealed partial class RealmFile(string path)
{
    public string Path { get; } = path;

    /// <summary>What is written in it.</summary>
    public string Text => File.ReadAllText(Path);

    /// <summary>The names that the file expects values for.</summary>
    public IReadOnlySet<string> Placeholders() =>
        Placeholder().Matches(Text).Select(match => match.Groups["name"].Value).ToHashSet();

    /// <summary>The file as it is, for what needs no value.</summary>
    public JsonObject Read() => Parse(Text);

    /// <summary>The file with a value for each name, as Keycloak's own import fills it from its environment.</summary>
    /// <exception cref="DistributedApplicationException">A name has no value.</exception>
    public JsonObject Fill(IReadOnlyDictionary<string, string> values) =>
        Parse(Placeholder().Replace(Text, match =>
            values.TryGetValue(match.Groups["name"].Value, out var value)
                ? JsonEncodedText.Encode(value).Value
                : throw new DistributedApplicationException($"{System.IO.Path.GetFileName(Path)} has {match.Value}, and the model has no value for it.")));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    [GeneratedRegex(@"\$\{(?<name>[A-Z0-9_]+)\}")]
    private static partial Regex Placeholder();
}
