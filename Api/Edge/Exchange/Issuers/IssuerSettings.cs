using EmbedStack.Api.Http;
using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.Edge.Exchange.Issuers;

/// <summary>Whose own tokens are taken for guests, and by what they are verified: published keys (RS256) or a shared secret (HS256).</summary>
internal sealed record IssuerSettings(string Issuer, string Audience, string TenantClaim, Uri? KeysAddress, SecretFile? Secret)
{
    /// <summary>The one algorithm that counts, whatever a token's header says.</summary>
    public string Algorithm => Secret is null ? "RS256" : "HS256";

    /// <returns>Null, and that way in is closed, where no issuer is configured.</returns>
    /// <exception cref="InvalidOperationException">Half an issuer is.</exception>
    public static IssuerSettings? From(IConfiguration configuration)
    {
        if (configuration["EMBED_JWT_ISSUER"] is not { Length: > 0 } issuer)
        {
            return null;
        }

        var keys = configuration["EMBED_JWT_JWKS_URL"] is { Length: > 0 } address ? new Uri(address, UriKind.Absolute) : null;
        return new(
            issuer, configuration.GetRequired<string>("EMBED_JWT_AUDIENCE"), configuration["EMBED_JWT_TENANT_CLAIM"] ?? "tenant_id", keys,
            keys is null ? SecretFile.From(configuration, "EMBED_JWT_SECRET_FILE") : null);
    }
}
