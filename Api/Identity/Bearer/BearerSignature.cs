using System.Text.Json;

namespace EmbedStack.Api.Identity.Bearer;

/// <summary>
/// Whether an access token is worth a question to Keycloak: one that the realm signed, for this Api and not by it, and that
/// is not over. What is made up costs a signature and nothing else.
/// </summary>
internal sealed class BearerSignature(RealmSignature signature, KeycloakSettings settings, TimeProvider time)
{
    private static readonly string[] Types = ["JWT", "at+jwt"];

    public async Task<bool> IsRealmsAsync(string token, CancellationToken cancellationToken) =>
        await signature.VerifyAsync(token, Types, cancellationToken) is { ValueKind: JsonValueKind.Object } claims
        && claims.TryGetProperty("iss", out var issuer) && Is(issuer, settings.IssuerText)
        && claims.TryGetProperty("azp", out var client) && client.ValueKind == JsonValueKind.String && !client.ValueEquals(settings.ClientId)
        && claims.TryGetProperty("aud", out var audience)
        && (audience.ValueKind == JsonValueKind.Array ? audience.EnumerateArray().Any(one => Is(one, settings.ClientId)) : Is(audience, settings.ClientId))
        && claims.TryGetProperty("exp", out var end) && end.ValueKind == JsonValueKind.Number
        && end.TryGetInt64(out var seconds) && seconds > time.GetUtcNow().ToUnixTimeSeconds();

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
