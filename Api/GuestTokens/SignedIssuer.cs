using System.Text.Json.Serialization;
using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// Signs guest tokens as Superset 6.1 makes them, with the secret that Superset verifies them by. Superset takes the
/// previous value too: tokens of an instance that has not seen a rotation yet are honoured.
/// </summary>
internal sealed class SignedIssuer(SecretFile secret, GuestTokenSettings settings, TimeProvider time) : IGuestTokenIssuer
{
    // Superset gives "iat" no leeway, and its clock may be behind. Revocations go by the assertion's own time.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public string Generation => SigningSecret.GenerationOf(secret);

    public Task<string> IssueAsync(GuestTokenGrant grant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var body = GuestTokenBody.From(grant);
        return Task.FromResult(JsonWebSignature.Sign(
            new Claims(body.User, body.Resources, body.Rules, Seconds(now - Skew), Seconds(now + settings.Lifetime), settings.Audience, "guest"),
            secret.Value.Current));
    }

    private static decimal Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000m;

    private sealed record Claims(
        [property: JsonPropertyName("user")] GuestTokenBody.GuestUser User,
        [property: JsonPropertyName("resources")] IReadOnlyList<GuestTokenBody.Resource> Resources,
        [property: JsonPropertyName("rls_rules")] IReadOnlyList<GuestTokenBody.Rule> Rules,
        [property: JsonPropertyName("iat")] decimal IssuedAt,
        [property: JsonPropertyName("exp")] decimal ExpiresAt,
        [property: JsonPropertyName("aud")] string Audience,
        [property: JsonPropertyName("type")] string Type);
}
