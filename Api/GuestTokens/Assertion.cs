using System.Text.Json.Serialization;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// The Api's own statement about a guest token, which Superset verifies when the token is made and when it is used:
/// with the service account's password alone nothing can be made.
/// </summary>
internal sealed record Assertion
{
    [JsonPropertyName("iss")]
    public string Issuer { get; } = "embedstack-api";

    // With a fraction: what was signed in the second of a revocation is before it or after it.
    [JsonPropertyName("iat")]
    public required decimal IssuedAt { get; init; }

    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    [JsonPropertyName("jti")]
    public required Guid Id { get; init; }

    [JsonPropertyName("sid")]
    public required Guid SessionId { get; init; }

    [JsonPropertyName("identity")]
    public required string Identity { get; init; }

    [JsonPropertyName("store")]
    public required AssertionStore Store { get; init; }

    [JsonPropertyName("dashboards")]
    public required IReadOnlyList<Guid> Dashboards { get; init; }

    [JsonPropertyName("rules_sha256")]
    public required string RulesSha256 { get; init; }

    /// <summary>What conditions of entitlements ask of the person: Superset asks them again at each use.</summary>
    [JsonPropertyName("attributes")]
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    [JsonPropertyName("tier")]
    public required IReadOnlyList<string> Tier { get; init; }
}
