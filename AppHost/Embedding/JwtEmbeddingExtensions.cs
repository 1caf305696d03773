namespace EmbedStack.AppHost.Embedding;

/// <summary>Lets hosts embed dashboards by tokens that they have already.</summary>
internal static class JwtEmbeddingExtensions
{
    private const string Secret = "jwt-embedding-secret";

    /// <summary>
    /// Tells a process whose tokens to take for guests, if anybody's: the Api, and Superset for the direct way. With HS256
    /// the secret shared with the issuer is the parameter <c>jwt-embedding-secret</c>.
    /// </summary>
    public static IResourceBuilder<T> WithJwtEmbedding<T>(this IResourceBuilder<T> process, StackSettings settings)
        where T : IResourceWithEnvironment
    {
        if (settings.JwtIssuer is not { } issuer)
        {
            return process;
        }

        process
            .WithEnvironment("EMBED_JWT_ISSUER", issuer.Issuer)
            .WithEnvironment("EMBED_JWT_AUDIENCE", issuer.Audience)
            .WithEnvironment("EMBED_JWT_TENANT_CLAIM", issuer.TenantClaim);

        return issuer.JwksUrl is { } keys
            ? process.WithEnvironment("EMBED_JWT_JWKS_URL", keys)
            : process.WithSecretFile("EMBED_JWT_SECRET_FILE", SharedSecret(process.ApplicationBuilder, settings.Persist), settings.SecretsDirectory);
    }

    // One parameter, whoever asks first.
    private static IResourceBuilder<ParameterResource> SharedSecret(IDistributedApplicationBuilder builder, bool persist) =>
        builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == Secret) is { } made
            ? builder.CreateResourceBuilder(made)
            : builder.AddSecret(Secret, persist);
}
