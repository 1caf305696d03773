using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>
/// Brings a realm's own settings to what the model says: password policy, protection against guessing, lifetimes, events.
/// What the model does not name stays.
/// </summary>
internal static class RealmDrift
{
    /// <summary>Changes <paramref name="actual"/> where it differs, and tells what did.</summary>
    public static IReadOnlyList<string> Correct(JsonObject actual, JsonObject wanted)
    {
        var changed = wanted.Where(setting => setting.Value is JsonValue && !JsonNode.DeepEquals(actual[setting.Key], setting.Value)).ToList();
        foreach (var (name, value) in changed)
        {
            actual[name] = value!.DeepClone();
        }

        return [.. changed.Select(setting => setting.Key)];
    }
}
