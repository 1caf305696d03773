using System.Text.Json.Serialization;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>
/// What the browser's token says: whose it is, which dashboards it opens, and until when its holder asks for the next one.
/// No rule, no schema, nothing of Superset.
/// </summary>
internal sealed record EdgeToken(
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("jti")] Guid Id,
    [property: JsonPropertyName("dashboards")] IReadOnlyList<Guid> Dashboards);
