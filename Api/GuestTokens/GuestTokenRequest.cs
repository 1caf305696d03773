using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using EmbedStack.Api.Alarms;

namespace EmbedStack.Api.GuestTokens;

/// <summary>What the page asks for: one dashboard, or several at once. Nothing else in the body counts.</summary>
internal sealed partial record GuestTokenRequest(string? DashboardKey, IReadOnlyList<string?>? DashboardKeys) : INamesMembers
{
    private const int Most = 20;

    /// <summary>What else stands there: it decides nothing, but is looked at for other tenants' names.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }

    public string? Text(string name) =>
        Others?.GetValueOrDefault(name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <returns>The keys, each once, or null where the request is malformed.</returns>
    public IReadOnlyList<string>? Keys()
    {
        IReadOnlyList<string?>? keys = (DashboardKey, DashboardKeys) switch
        {
            ({ } key, null) => [key],
            (null, { Count: > 0 and <= Most } several) => several,
            _ => null,
        };
        return keys is not null && keys.All(key => key is not null && Key().IsMatch(key)) ? [.. keys.Distinct()!] : null;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Key();
}
