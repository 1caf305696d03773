using System.Text.Json;

namespace EmbedStack.Api.Edge.Permalinks;

/// <summary>A page's state as it is to be found again: what Superset's page writes into it, and no other member.</summary>
internal static class PermalinkState
{
    private static readonly Dictionary<string, JsonValueKind[]> Members = new(StringComparer.Ordinal)
    {
        ["dataMask"] = [JsonValueKind.Object, JsonValueKind.Null],
        ["activeTabs"] = [JsonValueKind.Array, JsonValueKind.Null],
        ["anchor"] = [JsonValueKind.String, JsonValueKind.Null],
        ["urlParams"] = [JsonValueKind.Array, JsonValueKind.Null],
        ["chartStates"] = [JsonValueKind.Object, JsonValueKind.Null],
    };

    /// <returns>The state as compact JSON, or null where the body holds something else.</returns>
    public static string? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var state = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return state.RootElement.ValueKind == JsonValueKind.Object
                && state.RootElement.EnumerateObject().All(member => Members.TryGetValue(member.Name, out var kinds) && kinds.Contains(member.Value.ValueKind))
                    ? JsonSerializer.Serialize(state.RootElement)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
