namespace EmbedStack.AppHost.Secrets;

/// <summary>Hands the Api what it signs and seals with by itself.</summary>
internal static class SigningSecretExtensions
{
    /// <summary>Gives the Api the key of its key ring and those that guest tokens and browsers' own are signed with, as files.</summary>
    public static IResourceBuilder<T> WithSigningSecrets<T>(this IResourceBuilder<T> api, StackSecrets secrets, string directory)
        where T : IResourceWithEnvironment =>
        api
            .WithSecretFile("DATA_PROTECTION_KEY_FILE", secrets.DataProtection, directory)
            .WithSecretFile("GUEST_TOKEN_JWT_SECRET_FILE", secrets.GuestToken, directory)
            .WithSecretFile("EDGE_TOKEN_KEY_FILE", secrets.EdgeTokenKey, directory);
}
