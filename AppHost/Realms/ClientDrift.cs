using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>
/// Brings a client of a realm that was imported earlier to what the model says now: addresses, secrets, and the ways in
/// that it opens. What an administrator changed elsewhere stays.
/// </summary>
internal static class ClientDrift
{
    private static readonly string[] FromModel =
    [
        "secret", "baseUrl", "redirectUris", "webOrigins",
        "enabled", "publicClient", "standardFlowEnabled", "implicitFlowEnabled", "directAccessGrantsEnabled",
        "serviceAccountsEnabled", "fullScopeAllowed",
    ];

    /// <summary>Changes <paramref name="actual"/> where it differs, and tells what did.</summary>
    public static IReadOnlyList<string> Correct(JsonObject actual, JsonObject wanted)
    {
        var changed = FromModel.Where(name => Copy(actual, wanted, name)).ToList();

        if (actual["attributes"] is not JsonObject attributes)
        {
            actual["attributes"] = attributes = [];
        }

        var wantedAttributes = wanted["attributes"]!.AsObject();
        changed.AddRange(wantedAttributes.Select(attribute => attribute.Key).Where(name => Copy(attributes, wantedAttributes, name)));
        if (wanted["protocolMappers"] is JsonArray mappers)
        {
            changed.AddRange(mappers.Select(mapper => mapper!.AsObject()).Where(mapper => CorrectMapper(actual, mapper)).Select(mapper => $"mapper {mapper["name"]}"));
        }

        return changed;
    }

    // What Keycloak adds to a mapper's own settings, such as an id, is no difference.
    private static bool CorrectMapper(JsonObject actual, JsonObject wanted)
    {
        if (actual["protocolMappers"] is not JsonArray mappers)
        {
            actual["protocolMappers"] = mappers = [];
        }

        var found = mappers.FirstOrDefault(mapper => JsonNode.DeepEquals(mapper!["name"], wanted["name"]));
        if (found is not null && wanted["config"]!.AsObject().All(setting => JsonNode.DeepEquals(found["config"]?[setting.Key], setting.Value)))
        {
            return false;
        }

        if (found is not null)
        {
            mappers.Remove(found);
        }

        mappers.Add(wanted.DeepClone());
        return true;
    }

    private static bool Copy(JsonObject actual, JsonObject wanted, string name)
    {
        if (!wanted.TryGetPropertyValue(name, out var value) || JsonNode.DeepEquals(actual[name], value))
        {
            return false;
        }

        actual[name] = value?.DeepClone();
        return true;
    }
}
