using System.Security.Cryptography;
using System.Text.Json;

namespace EmbedStack.Api.Identity;

/// <summary>What Keycloak says about an access token, now. Inactive, of another realm or for another audience: nothing else counts.</summary>
internal sealed record Introspection(bool Active, string Subject, string Client)
{
    public static readonly Introspection Inactive = new(false, "", "");

    // The tenant that is bound to a machine's client. Keycloak holds a claim of the name "organization" against the
    // memberships of who the token is for, and a machine has none.
    private const string MachineTenant = "tenant";

    // What may decide, beside tenant and role, which dashboards a person is shown.
    private static readonly string[] AttributeNames = ["region", "department"];

    public string? KeycloakSession { get; private init; }

    public string Name { get; private init; } = "";

    /// <summary>All tenants that the token names: more than one is as good as none.</summary>
    public IReadOnlyList<string> Organizations { get; private init; } = [];

    public IReadOnlyList<string> Roles { get; private init; } = [];

    public string? StaffId { get; private init; }

    public IReadOnlyDictionary<string, string> Attributes { get; private init; } = new Dictionary<string, string>();

    /// <summary>When the token ends by itself, whatever a verdict is kept for.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>Of all that decides what the person may see.</summary>
    public byte[] Digest() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<object?[]>(
        [
            Organizations.Order(StringComparer.Ordinal), Roles.Order(StringComparer.Ordinal), StaffId,
            Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal),
        ]));

    public static Introspection Read(JsonElement answer, KeycloakSettings settings) =>
        answer.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.True && IsOurs(answer, settings)
            && Text(answer, "sub") is { } subject && Text(answer, "client_id") is { } client && Text(answer, "azp") == client
            ? new Introspection(true, subject, client)
            {
                KeycloakSession = Text(answer, "sid"),
                Name = Text(answer, "name") ?? Text(answer, "username") ?? subject,
                Organizations = [.. Names(answer, "organization"), .. Names(answer, MachineTenant)],
                Roles = Names(answer, "role"),
                StaffId = Text(answer, "staff_id"),
                Attributes = AttributesOf(answer),
                ExpiresAt = Expiry(answer),
            }
            : Inactive;

    // A token that is bound to a key (RFC 7800) is nobody's who shows it without that key.
    private static bool IsOurs(JsonElement answer, KeycloakSettings settings) =>
        Text(answer, "iss") == settings.IssuerText
        && Names(answer, "aud").Contains(settings.ClientId)
        && Text(answer, "typ") is null or "Bearer"
        && !answer.TryGetProperty("cnf", out _);

    private static Dictionary<string, string> AttributesOf(JsonElement answer) => AttributeNames
        .Select(name => (Name: name, Value: Text(answer, name)))
        .Where(attribute => !string.IsNullOrEmpty(attribute.Value))
        .ToDictionary(attribute => attribute.Name, attribute => attribute.Value!, StringComparer.Ordinal);

    private static DateTimeOffset Expiry(JsonElement answer) =>
        answer.TryGetProperty("exp", out var value) && value.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // One value comes as text, several as an array, organizations with their ids as an object keyed by alias.
    private static string[] Names(JsonElement answer, string name) => !answer.TryGetProperty(name, out var value)
        ? []
        : value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")],
            JsonValueKind.Object => [.. value.EnumerateObject().Select(member => member.Name)],
            _ => [],
        };
}
