using System.Text.Json;
using System.Text.Json.Serialization;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Dashboards.Entitlements;

/// <summary>All entitlements, as leadership reads and writes them.</summary>
internal sealed record EntitlementsDocument(IReadOnlyList<EntitlementsDocument.Entry?>? Entitlements)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Changes with the contents, whoever changed them.</summary>
    [JsonIgnore]
    public string ETag => EntityTag.Of(ToJson());

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>In one order and form, so that the same contents are the same text.</summary>
    public static EntitlementsDocument Of(IEnumerable<Entitlement> entitlements) => new(
        [.. entitlements
            .OrderBy(entry => entry.DashboardKey, StringComparer.Ordinal).ThenBy(entry => entry.Role, StringComparer.Ordinal).ThenBy(entry => entry.Tenant, StringComparer.Ordinal)
            .Select(entry => new Entry(entry.DashboardKey, entry.Role, entry.Tenant, Sorted(entry.Conditions)))]);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static EntitlementsDocument Parse(string json) => JsonSerializer.Deserialize<EntitlementsDocument>(json, Options)!;

    /// <summary>What was checked when it was written.</summary>
    public IReadOnlyList<Entitlement> ToEntitlements() =>
    [
        .. (Entitlements ?? []).Select(entry => new Entitlement(
            entry!.Dashboard!, entry.Role!, entry.Tenant!,
            entry.Conditions!.ToDictionary(condition => condition.Key, condition => (IReadOnlyList<string>)[.. condition.Value!.OfType<string>()]))),
    ];

    private static SortedDictionary<string, IReadOnlyList<string?>?> Sorted(IReadOnlyDictionary<string, IReadOnlyList<string>> conditions) => new(
        conditions.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string?>?)[.. pair.Value.Order(StringComparer.Ordinal)]), StringComparer.Ordinal);

    /// <summary>Opens a dashboard to a role, of one tenant or of all (<c>*</c>), under conditions.</summary>
    internal sealed record Entry(string? Dashboard, string? Role, string? Tenant, IReadOnlyDictionary<string, IReadOnlyList<string?>?>? Conditions);
}
