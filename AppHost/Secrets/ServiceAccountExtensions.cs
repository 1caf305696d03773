namespace EmbedStack.AppHost.Secrets;

/// <summary>Hands out what the Api and Superset share to make guest tokens.</summary>
internal static class ServiceAccountExtensions
{
    private const string UserName = "embedstack-api";
    private const string Audience = "embedstack";

    /// <summary>
    /// Gives a process the Api's account in Superset, the key of the Api's assertions, the audience of guest tokens and
    /// what a request to Superset must carry. What can be rotated comes as a file.
    /// </summary>
    public static IResourceBuilder<T> WithServiceAccount<T>(this IResourceBuilder<T> process, StackSecrets secrets, string directory)
        where T : IResourceWithEnvironment =>
        process
            .WithEnvironment("SERVICE_ACCOUNT_USERNAME", UserName)
            .WithSecretFile("SERVICE_ACCOUNT_PASSWORD_FILE", secrets.ServiceAccount, directory)
            .WithSecretFile("ASSERTION_KEY_FILE", secrets.AssertionKey, directory)
            .WithEnvironment("GUEST_TOKEN_JWT_AUDIENCE", Audience)
            .WithEnvironment("SUPERSET_INGRESS_SECRET", secrets.SupersetIngress);
}
