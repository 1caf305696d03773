using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>
/// Brings what the realm says of persons, and who may change it, to what the model says: rows hang on a staff member's id, a
/// region and a department, which persons may not give themselves. Attributes that an administrator added stay.
/// </summary>
internal static class ProfileDrift
{
    private const string Unmanaged = "unmanagedAttributePolicy";

    /// <summary>Changes <paramref name="actual"/> where it differs, and tells what did.</summary>
    public static IReadOnlyList<string> Correct(JsonObject actual, JsonObject wanted)
    {
        var changed = new List<string>();
        if (actual["attributes"] is not JsonArray attributes)
        {
            actual["attributes"] = attributes = [];
        }

        foreach (var attribute in wanted["attributes"]!.AsArray().Select(attribute => attribute!.AsObject()))
        {
            var found = attributes.FirstOrDefault(other => JsonNode.DeepEquals(other!["name"], attribute["name"]));
            if (found is not null && attribute.All(member => AreAlike(found[member.Key], member.Value)))
            {
                continue;
            }

            changed.Add($"profile attribute {attribute["name"]}");
            if (found is not null)
            {
                attributes.Remove(found);
            }

            attributes.Add(attribute.DeepClone());
        }

        // Left out, nobody sets attributes that the profile does not know.
        if (!AreAlike(actual[Unmanaged], wanted[Unmanaged]))
        {
            actual[Unmanaged] = wanted[Unmanaged]?.DeepClone();
            changed.Add(Unmanaged);
        }

        return changed;
    }

    // Keycloak keeps lists of roles as sets, and adds members of its own.
    private static bool AreAlike(JsonNode? actual, JsonNode? wanted) => (actual, wanted) switch
    {
        (JsonObject found, JsonObject named) => named.All(member => AreAlike(found[member.Key], member.Value)),
        (JsonArray found, JsonArray named) => Sorted(found).SequenceEqual(Sorted(named)),
        _ => JsonNode.DeepEquals(actual, wanted),
    };

    private static IEnumerable<string> Sorted(JsonArray items) => items.Select(item => item?.ToJsonString() ?? "").Order(StringComparer.Ordinal);
}
