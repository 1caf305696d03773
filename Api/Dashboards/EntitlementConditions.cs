using System.Text.Json;

namespace EmbedStack.Api.Dashboards;

/// <summary>Conditions as they stand in the table.</summary>
internal static class EntitlementConditions
{
    // What no reader of the table understands opens nothing: a name that no person has.
    private static readonly Dictionary<string, IReadOnlyList<string>> Closed = new() { [""] = [] };

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json) ?? Closed;
        }
        catch (JsonException)
        {
            return Closed;
        }
    }
}
