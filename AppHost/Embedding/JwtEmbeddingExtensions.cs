namespace EmbedStack.AppHost.Embedding;

/// <summary>Lets hosts embed dashboards by tokens that they have already.</summary>
internal static class JwtEmbeddingExtensions
{
    /// <summary>
    /// Tells Superset whose tokens to take for guests, if anybody's. With HS256 the secret shared with the issuer is the
    /// parameter <c>jwt-embedding-secret</c>.
    /// </summary>
    public static IResourceBuilder<ISupersetResource> WithJwtEmbedding(this IResourceBuilder<ISupersetResource> superset, StackSettings settings)
    {
        if (settings.JwtIssuer is not { } issuer)
        {
            return superset;
        }

        superset
            .WithEnvironment("EMBED_JWT_ISSUER", issuer.Issuer)
            .WithEnvironment("EMBED_JWT_AUDIENCE", issuer.Audience)
            .WithEnvironment("EMBED_JWT_TENANT_CLAIM", issuer.TenantClaim);

        return issuer.JwksUrl is { } keys
            ? superset.WithEnvironment("EMBED_JWT_JWKS_URL", keys)
            : superset.WithSecretFile(
                "EMBED_JWT_SECRET_FILE",
                superset.ApplicationBuilder.AddSecret("jwt-embedding-secret", settings.Persist),
                settings.SecretsDirectory);
    }
}
