using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Embedding;

/// <summary>Whose own tokens Superset takes for guests: <c>EmbedStack:JwtEmbedding</c>.</summary>
/// <param name="Issuer">What <c>iss</c> must be.</param>
/// <param name="Audience">What <c>aud</c> must name.</param>
/// <param name="JwksUrl">Where the issuer publishes its keys (RS256); null where it shares a secret (HS256).</param>
/// <param name="TenantClaim">The claim that holds the tenant's key.</param>
internal sealed record JwtIssuer(string Issuer, string Audience, string? JwksUrl, string TenantClaim)
{
    private const string Section = "EmbedStack:JwtEmbedding";

    /// <returns>Null, and that way in is closed, where no issuer is configured.</returns>
    public static JwtIssuer? Read(IConfiguration section)
    {
        if (!section.GetChildren().Any())
        {
            return null;
        }

        var keys = Text("JwksUrl");
        switch (Text("Algorithm") ?? "RS256", keys)
        {
            case ("RS256", null):
                throw StartRefusal.Because($"{Section}:JwksUrl is missing; set it to where the issuer publishes its keys");
            case ("HS256", not null):
                throw StartRefusal.Because($"{Section} has HS256 and a JwksUrl; a shared secret is not published, take one of them out");
            case ("RS256" or "HS256", _):
                break;
            case var (algorithm, _):
                throw StartRefusal.Because($"{Section}:Algorithm is '{algorithm}'; set it to RS256 or HS256");
        }

        return new JwtIssuer(Required("Issuer"), Required("Audience"), keys, Text("TenantClaim") ?? "tenant_id");

        string? Text(string name) => section[name] is { Length: > 0 } text ? text : null;

        string Required(string name) => Text(name) ?? throw StartRefusal.Because($"{Section}:{name} is missing; set it, or take the section out");
    }
}
