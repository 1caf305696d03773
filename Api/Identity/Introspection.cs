using System.Text.Json;

namespace EmbedStack.Api.Identity;

/// <summary>What Keycloak says about an access token, now. Inactive, or issued to another client: nothing else counts.</summary>
internal sealed record Introspection(
    bool Active, string Subject, string? KeycloakSession, string Name, IReadOnlyList<string> Organizations,
    IReadOnlyList<string> Roles, string? StaffId)
{
    public static readonly Introspection Inactive = new(false, "", null, "", [], [], null);

    public static Introspection Read(JsonElement answer, KeycloakSettings settings) =>
        answer.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.True && IsOurs(answer, settings)
            && Text(answer, "sub") is { } subject
            ? new Introspection(true, subject, Text(answer, "sid"), Text(answer, "name") ?? Text(answer, "username") ?? subject,
                Names(answer, "organization"), Names(answer, "role"), Text(answer, "staff_id"))
            : Inactive;

    private static bool IsOurs(JsonElement answer, KeycloakSettings settings) =>
        Text(answer, "client_id") == settings.ClientId
        && Text(answer, "azp") == settings.ClientId
        && Text(answer, "iss") == settings.IssuerText
        && Names(answer, "aud").Contains(settings.ClientId);

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
